/* The web chat: what was said is on the server; what was not sent yet waits in the browser. */
(function () {
  "use strict";
  var QUEUE = "jmo-unsent", PHOTO_SIDE = 1600, RETRY = 3000;
  var given = JSON.parse(document.body.getAttribute("data-script"));
  var log = document.getElementById("log"), chat = document.getElementById("chat");
  var field = document.getElementById("text"), offline = document.getElementById("offline");
  var dots = document.getElementById("typing");
  var seen = {}, cursor = 0, sending = false, stream = null, waiting = {};
  var queue = JSON.parse(localStorage.getItem(QUEUE) || "[]");

  function make(name, className, text) {
    var node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }
  function fill(node, text) {
    text.split(/(\*[^*\n]+\*|https?:\/\/[^\s]+|[a-z0-9.-]*bpjsketenagakerjaan\.go\.id[^\s,)]*)/).forEach(function (part) {
      var bold = /^\*([^*\n]+)\*$/.exec(part), link = /^(https?:\/\/\S+|[a-z0-9]\S*bpjsketenagakerjaan\.go\.id\S*)$/.exec(part);
      if (bold) node.appendChild(make("strong", "", bold[1]));
      else if (link) {
        var a = make("a", "", part);
        a.href = /^http/.test(part) ? part : "https://" + part;
        a.rel = "noopener noreferrer"; a.target = "_blank";
        node.appendChild(a);
      } else node.appendChild(document.createTextNode(part));
    });
  }
  function clock(at) {
    var d = new Date(at), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return two(d.getHours()) + "." + two(d.getMinutes());
  }
  function atEnd() { chat.scrollTop = chat.scrollHeight; }
  function useUp() {
    Array.prototype.forEach.call(log.querySelectorAll(".choices button"), function (b) { b.disabled = true; });
  }
  function bubble(author, text, at) {
    var row = make("div", "message " + author), box = make("div", "bubble");
    fill(box, text);
    row.appendChild(box);
    box.appendChild(make("time", "", clock(at)));
    log.appendChild(row);
    return { row: row, box: box };
  }
  function choices(row, buttons) {
    var line = make("div", "choices");
    buttons.forEach(function (button) {
      var b = make("button", "", button.title);
      b.type = "button";
      b.onclick = function () { useUp(); say({ payload: button.payload, title: button.title }); field.focus(); };
      line.appendChild(b);
    });
    row.appendChild(line);
  }
  function show(message) {
    if (seen[message.cursor]) return;
    seen[message.cursor] = true;
    cursor = Math.max(cursor, message.cursor);
    if (message.author === "participant") {
      var own = takeWaiting();
      if (own) { own.box.querySelector("time").textContent = clock(message.at) + " ✓✓"; return; }
    } else useUp();
    var drawn = bubble(message.author, message.text || "", message.at);
    if (message.picture) {
      var picture = make("img");
      picture.src = message.picture; picture.alt = message.alt || ""; picture.onload = atEnd;
      drawn.box.insertBefore(picture, drawn.box.firstChild);
    }
    if (message.document) {
      var file = make("a", "", "📄 " + (message.name || "PDF"));
      file.href = message.document; file.target = "_blank"; file.rel = "noopener";
      drawn.box.insertBefore(file, drawn.box.lastChild);
    }
    if (message.buttons) choices(drawn.row, message.buttons);
    atEnd();
  }
  function takeWaiting() {
    var keys = Object.keys(waiting);
    if (!keys.length) return null;
    var own = waiting[keys[0]];
    delete waiting[keys[0]];
    return own;
  }
  function draw(item) { waiting[item.key] = bubble("participant", item.title || item.text, item.at); atEnd(); }
  function keep() { localStorage.setItem(QUEUE, JSON.stringify(queue)); }
  function say(item) {
    item.key = Date.now().toString(36) + "-" + Math.random().toString(36).slice(2, 12);
    item.at = new Date().toISOString();
    queue.push(item); keep(); draw(item); send();
  }
  function send() {
    if (sending || !queue.length) return;
    sending = true;
    var item = queue[0], body = item.payload ? { key: item.key, payload: item.payload } : { key: item.key, text: item.text };
    fetch("/chat/messages", {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Chat": "1" }, body: JSON.stringify(body)
    }).then(function (answer) {
      sending = false;
      if (answer.status === 202) { queue.shift(); keep(); online(); listen(); send(); return; }
      if (answer.status >= 500) throw new Error("later");
      return answer.json().then(function (problem) { queue.shift(); keep(); refuse(item, problem.error); send(); });
    }).catch(function () { sending = false; lost(); setTimeout(send, RETRY); });
  }
  function refuse(item, text) {
    var own = waiting[item.key];
    delete waiting[item.key];
    (own ? own.row : log).appendChild(make("p", "failed", text || given.text.failed));
    atEnd();
  }
  function online() { offline.hidden = true; }
  function lost() { offline.hidden = false; }
  function load() {
    return fetch("/chat/history?after=" + cursor, { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (content) { content.messages.forEach(show); dots.hidden = !content.typing; online(); atEnd(); });
  }
  function listen() {
    if (stream || !window.EventSource) { if (!window.EventSource) load(); return; }
    stream = new EventSource("/chat/events?after=" + cursor);
    stream.addEventListener("message", function (event) { online(); show(JSON.parse(event.data)); });
    stream.addEventListener("typing", function (event) { dots.hidden = event.data !== "true"; if (!dots.hidden) atEnd(); });
    stream.onopen = online;
    stream.onerror = function () {
      if (stream.readyState === 2) { stream = null; setTimeout(listen, RETRY); }
      if (navigator.onLine === false) lost();
    };
  }
  function shrink(file, done) {
    var image = new Image(), address = URL.createObjectURL(file);
    image.onload = function () {
      var scale = Math.min(1, PHOTO_SIDE / Math.max(image.width, image.height)), canvas = make("canvas");
      canvas.width = Math.round(image.width * scale); canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(function (blob) { done(blob || file); }, "image/jpeg", 0.85);
    };
    image.onerror = function () { done(file); };
    image.src = address;
  }
  document.getElementById("photo").onchange = function () {
    var file = this.files[0], input = this;
    if (!file) return;
    var item = { key: Date.now().toString(36) + "-photo", text: "📷", at: new Date().toISOString() };
    draw(item);
    shrink(file, function (blob) {
      var form = new FormData();
      form.append("key", item.key); form.append("photo", blob, "photo.jpg");
      fetch("/chat/photos", { method: "POST", credentials: "same-origin", headers: { "X-Chat": "1" }, body: form })
        .then(function (answer) {
          if (answer.status === 202) { listen(); return; }
          return answer.json().then(function (problem) { refuse(item, problem.error); });
        }).catch(function () { refuse(item, given.text.photo_failed); });
      input.value = "";
    });
  };
  document.getElementById("form").onsubmit = function (event) {
    event.preventDefault();
    var text = field.value.trim();
    if (!text) return;
    field.value = ""; field.style.height = "auto";
    say({ text: text });
  };
  document.getElementById("menu").onclick = function () { say({ payload: "/menu", title: given.text.menu }); };
  field.onkeydown = function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      document.getElementById("form").onsubmit(event);
    }
  };
  field.oninput = function () { field.style.height = "auto"; field.style.height = field.scrollHeight + "px"; };
  window.addEventListener("offline", lost);
  window.addEventListener("online", function () { load(); send(); });
  load().then(function () {
    queue.forEach(draw);
    if (!cursor && !queue.length) choices(log.appendChild(make("div", "message bot")), given.starters);
    if (cursor) listen();
    send();
  }).catch(function () { lost(); queue.forEach(draw); setTimeout(function () { load().then(listen, lost); send(); }, RETRY); });
  if (!window.EventSource) setInterval(load, RETRY);
})();
