/* The web chat. Written for browsers of 2018: no framework, no build step, no syntax newer than ES2017.
   What a person typed is kept until the server has it, and sent again under the same key. */
(function () {
  "use strict";

  const root = document.documentElement;
  const config = JSON.parse(root.getAttribute("data-chat"));
  const say = config.text;
  const $ = (id) => document.getElementById(id);
  const scroll = $("scroll"), log = $("log"), field = $("text"), banner = $("banner"), typing = $("typing");
  const QUEUED = "jmo.queued.", DRAFT = "jmo.draft", PHOTO = "📷", DOCUMENT = "📎";
  const PHOTO_SIDE = 1600, PHOTO_QUALITY = 0.82, FILE_LIMIT = 5 * 1024 * 1024;
  const REQUEST_SECONDS = 20, FILE_SECONDS = 120, POLL_SECONDS = 4, TYPING_PAUSE = 3, LONGEST_PAUSE = 15;

  let cursor = 0; // the newest message we have
  const seen = {}; // cursors of drawn messages
  let bubbles = []; // our own messages that the history hasn't shown yet: {item, node}
  const queue = stored();
  const underWay = new Set(); // how to give up each request
  let flushing = null, retryTimer = 0, pause = 1;
  let source = null, streamErrors = 0, pollTimer = 0;
  let startTimer = 0, answerTimers = [];
  let withOfficer = false, toldTyping = 0;
  let lastDay = "", lastAuthor = "", atEnd = true;

  /* ---- what is kept in the browser ---- */

  function keep(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
      return true;
    } catch (full) {
      return false;
    }
  }

  function stored() {
    const items = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
        if (name.indexOf(QUEUED) === 0) items.push(JSON.parse(localStorage.getItem(name)));
      }
    } catch (unavailable) {
      return items;
    }
    return items.sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
  }

  /* ---- drawing; texts become text nodes, never HTML ---- */

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function formatted(text) {
    const part = document.createDocumentFragment();
    const markup = /(https?:\/\/[^\s<>"'*]*[^\s<>"'*.,;:!?)\]]|[\w.@-]*\bbpjsketenagakerjaan\.go\.id(?:\/[\w./-]*[\w/])?)|(^|[^\w*])\*(?=\S)([^*\n]*[^\s*])\*(?![\w*])/g;
    let from = 0, found;
    while ((found = markup.exec(text))) {
      const before = found[2] || "";
      part.appendChild(document.createTextNode(text.slice(from, found.index) + before));
      part.appendChild(found[1] ? link(addressOf(found[1]), found[1]) : make("strong", "", found[3]));
      from = markup.lastIndex;
    }
    part.appendChild(document.createTextNode(text.slice(from)));
    return part;
  }

  function addressOf(named) {
    if (/^https?:/.test(named)) return named;
    return (named.indexOf("@") > 0 ? "mailto:" : "https://") + named;
  }

  function link(address, title) {
    const node = make("a", "", title);
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  }

  function tick(state) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "tick " + state);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", say[state]);
    use.setAttribute("href", "#i-" + state);
    svg.appendChild(use);
    return svg;
  }

  function mark(node, state) {
    const old = node.querySelector(".tick");
    node.setAttribute("data-state", state);
    old.parentNode.replaceChild(tick(state), old);
  }

  function dayOf(date) {
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5);
    if (days === 0) return say.today;
    if (days === 1) return say.yesterday;
    return date.toLocaleDateString(root.lang, { day: "numeric", month: "long", year: "numeric" });
  }

  function place(node, own) {
    log.insertBefore(node, own ? null : log.querySelector("[data-state=waiting]"));
    if (own || atEnd) toEnd();
    else $("latest").hidden = false;
  }

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
    atEnd = true;
    $("latest").hidden = true;
  }

  function draw(message, state) {
    const mine = message.author === "participant", at = new Date(message.at), day = dayOf(at);
    if (day !== lastDay) {
      const line = make("p", "day");
      line.appendChild(make("span", "", day));
      place(line, !!state);
      lastDay = day;
      lastAuthor = "";
    }
    const node = make("div", "message " + (mine ? "mine" : message.author));
    const author = message.author + (message.officer || "");
    if (lastAuthor !== author) node.className += " first";
    message.named = message.author === "officer" && lastAuthor !== author;
    lastAuthor = author;
    node.appendChild(bubble(message, mine, at, state));
    if (message.buttons) node.appendChild(choices(message.buttons));
    place(node, !!state);
    return node;
  }

  function bubble(message, mine, at, state) {
    const node = make("div", "bubble");
    const author = mine ? say.you : message.officer ? message.officer + " · " + say.officer : say[message.author];
    node.appendChild(make("span", message.named ? "author" : "hidden", author + (message.named ? "" : ": ")));
    if (message.picture) node.appendChild(picture(message.picture, message.alt || ""));
    const text = message.text || (mine && !message.picture ? say.photo : "");
    if (text) {
      const words = make("span", "text");
      words.appendChild(formatted(text));
      node.appendChild(words);
    }
    if (message.document) node.appendChild(file(message));
    const meta = make("span", "meta");
    const time = make("time", "", at.toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" }));
    time.dateTime = message.at;
    meta.appendChild(time);
    if (mine) meta.appendChild(tick(state || "sent"));
    node.appendChild(meta);
    return node;
  }

  function file(message) {
    const node = link(message.document, message.name || say.document);
    node.className = "document";
    node.setAttribute("aria-label", say.document + (message.name ? ": " + message.name : ""));
    return node;
  }

  function picture(address, alt) {
    const frame = make("button", "picture"), image = make("img");
    frame.type = "button";
    frame.title = say.enlarge;
    image.alt = alt || say.enlarge;
    image.onload = () => {
      frame.className = "picture loaded";
      if (atEnd) toEnd();
    };
    image.onerror = () => {
      frame.textContent = say.picture_missing + " " + alt;
      frame.className = "picture missing";
      frame.onclick = () => frame.parentNode.replaceChild(picture(address, alt), frame);
    };
    image.src = address;
    frame.appendChild(image);
    frame.onclick = () => view(address, alt, null, frame);
    return frame;
  }

  function choices(buttons) {
    const group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say.choices);
    buttons.forEach((button) => {
      const node = make("button", "", button.title);
      node.type = "button";
      node.onclick = (event) => {
        node.className = "chosen";
        node.appendChild(make("span", "hidden", " (" + say.chosen + ")"));
        if (event.detail === 0) field.focus(); // by keyboard: the button is about to be switched off
        send({ payload: button.payload, title: button.title });
      };
      group.appendChild(node);
    });
    return group;
  }

  function retireChoices() {
    log.querySelectorAll(".choices").forEach((group) => {
      if (!group.querySelector(".chosen")) group.parentNode.removeChild(group);
      else group.querySelectorAll("button").forEach((button) => (button.disabled = true));
    });
  }

  function note(text) {
    place(make("p", "note", text), false);
    lastAuthor = "";
  }

  function welcome() {
    if (log.firstChild) return;
    draw({ author: "bot", text: say.greeting, at: new Date().toISOString(), buttons: config.starters }, "");
  }

  function showTyping(on) {
    typing.hidden = !on;
    if (on && atEnd) toEnd();
  }

  /* ---- from the server ---- */

  function receive(message) {
    if (seen[message.cursor]) return;
    seen[message.cursor] = true;
    cursor = Math.max(cursor, message.cursor);
    if (message.author === "participant") return receiveOwn(message);
    withOfficer = message.author !== "bot";
    showTyping(false);
    draw(message, "");
    log.querySelectorAll(".mine[data-state=sent]").forEach((node) => mark(node, "answered"));
  }

  function receiveOwn(message) {
    const raw = message.text === PHOTO || message.text === DOCUMENT ? "" : message.text || "";
    const entry = bubbles.filter((known) => isSame(known.item, raw))[0] || oldestChoice();
    if (entry) {
      bubbles.splice(bubbles.indexOf(entry), 1);
      if (entry.node.getAttribute("data-state") === "waiting") mark(entry.node, "sent"); // before its receipt came
      return;
    }
    retireChoices();
    const known = raw[0] === "/" ? config.titles[raw] || say.choice : message.text === DOCUMENT ? say.own_document : raw;
    draw(Object.assign(message, { text: known }), "").setAttribute("data-state", "sent");
  }

  /* A button or a command may come back under any title of what it stands for, but in the order of sending. */
  function oldestChoice() {
    const oldest = bubbles[0];
    return oldest && (oldest.item.payload || (oldest.item.text || "")[0] === "/") ? oldest : null;
  }

  /* Whether a message of the history is one that we sent; personal numbers come back masked. */
  function isSame(item, raw) {
    if (item.photo || item.document) return raw === "";
    if (item.payload) return raw === item.payload || raw === item.title;
    const parts = raw.split("••••");
    return item.text === raw || (parts.length > 1 && parts.every((part) => item.text.indexOf(part) >= 0));
  }

  function get(address) {
    return within(REQUEST_SECONDS, fetch(address, { credentials: "same-origin", cache: "no-store" }))
      .then((response) => {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      });
  }

  function within(seconds, request) {
    return new Promise((resolve, reject) => {
      const end = (settle, result) => {
        clearTimeout(timer);
        underWay.delete(giveUp);
        settle(result);
      };
      const giveUp = () => end(reject, new Error("too slow"));
      const timer = setTimeout(giveUp, seconds * 1000);
      underWay.add(giveUp);
      request.then((response) => end(resolve, response), (failure) => end(reject, failure));
    });
  }

  function sync() {
    return get("/chat/history" + (cursor ? "?after=" + cursor : "")).then((news) => {
      log.setAttribute("aria-busy", String(!cursor)); // a whole history isn't read aloud
      news.messages.forEach(receive);
      log.setAttribute("aria-busy", "false");
      showTyping(news.typing);
      connected();
    });
  }

  function listen() {
    clearTimeout(pollTimer);
    if (source) source.close();
    source = null;
    streamErrors = 0;
    if (!cursor) return; // nothing was ever said, so there is nothing to wait for
    if (!window.EventSource) return poll(0, POLL_SECONDS);
    source = new EventSource("/chat/events?after=" + cursor);
    source.addEventListener("message", (event) => receive(JSON.parse(event.data)));
    source.addEventListener("typing", (event) => showTyping(JSON.parse(event.data)));
    source.onopen = () => {
      streamErrors = 0;
      connected();
    };
    source.onerror = () => {
      streamErrors += 1;
      if (!banner.textContent) banner.textContent = say.connecting;
      if (source && (source.readyState === 2 || streamErrors > 1)) {
        source.close();
        source = null;
        poll(0, 0);
      }
    };
  }

  /* Without a stream, ask every few seconds; now and then try the stream again. */
  function poll(rounds, seconds) {
    const next = (document.hidden ? 5 : 1) * POLL_SECONDS;
    clearTimeout(pollTimer);
    pollTimer = setTimeout(() => {
      sync().then(
        () => (rounds < 8 ? poll(rounds + 1, next) : listen()),
        () => (disconnected(), poll(0, next))
      );
    }, seconds * 1000);
  }

  function connected() {
    pause = 1;
    if (navigator.onLine !== false && !retryTimer) banner.textContent = "";
  }

  function disconnected() {
    showTyping(false);
    banner.textContent = say.offline;
  }

  function reconnect() {
    underWay.forEach((giveUp) => giveUp()); // what hangs on the lost network is sent anew, under the same key
    pause = 1;
    start();
  }

  /* ---- to the server ---- */

  function send(item) {
    item.key = newKey();
    item.at = new Date().toISOString();
    queue.push(item);
    if (!keep(QUEUED + item.key, JSON.stringify(item))) note(say.not_saved);
    retireChoices();
    drawOwn(item);
    flush();
  }

  function drawOwn(item) {
    const message = { author: "participant", at: item.at, text: item.title || item.text };
    if (item.photo) Object.assign(message, { picture: item.photo, alt: say.your_photo });
    const node = draw(message, "waiting");
    node.setAttribute("data-state", "waiting");
    bubbles.push({ item: item, node: node });
  }

  function flush() {
    if (!flushing) {
      clearTimeout(retryTimer);
      retryTimer = 0;
      flushing = sendNext().then(
        () => (flushing = null),
        (failure) => {
          flushing = null;
          if (failure.wait) note(failure.message);
          else disconnected();
          retryTimer = setTimeout(flush, (failure.wait || pause) * 1000);
          pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
      );
    }
    return flushing;
  }

  function sendNext() {
    const item = queue[0];
    if (!item) return Promise.resolve();
    return post(item).then((refusal) => {
      const entry = bubbles.filter((known) => known.item === item)[0];
      const node = entry && entry.node;
      queue.shift();
      keep(QUEUED + item.key, null);
      if (refusal) {
        if (entry) bubbles.splice(bubbles.indexOf(entry), 1);
        if (node) mark(node, "failed");
        note(refusal);
      } else {
        if (node && node.getAttribute("data-state") === "waiting") mark(node, "sent");
        connected();
        expectAnswer();
      }
      return sendNext();
    });
  }

  function post(item) {
    const options = { method: "POST", credentials: "same-origin", headers: { "X-Chat": "1" } };
    let address = "/chat/messages";
    if (item.photo || item.document) {
      address = "/chat/files";
      options.body = new FormData();
      options.body.append("key", item.key);
      options.body.append("file", toBlob(item.photo || item.document), item.name || "photo.jpg");
    } else {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify({ key: item.key, text: item.text, payload: item.payload });
    }
    return within(options.body instanceof FormData ? FILE_SECONDS : REQUEST_SECONDS, fetch(address, options)).then((response) => {
      if (response.ok) return "";
      if (response.status >= 500) throw new Error(String(response.status));
      return response.json().then((answer) => {
        if (!answer.wait) return answer.error;
        throw Object.assign(new Error(answer.error), { wait: answer.wait });
      });
    });
  }

  /* Shows that an answer is coming, and looks for it in case the stream has died unnoticed. */
  function expectAnswer() {
    const look = () => typing.hidden || sync().catch(disconnected);
    answerTimers.forEach(clearTimeout);
    if (!withOfficer) showTyping(true); // a person shows it when they type
    if (!source) sync().then(listen, disconnected);
    answerTimers = [4, 10, 20].map((seconds) => setTimeout(look, seconds * 1000));
    answerTimers.push(setTimeout(() => showTyping(false), 25000));
  }

  /* ---- photos and documents ---- */

  function toBlob(dataUrl) {
    const bytes = atob(dataUrl.split(",")[1]), array = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) array[i] = bytes.charCodeAt(i);
    return new Blob([array], { type: dataUrl.slice(5, dataUrl.indexOf(";")) });
  }

  function chooseFile() {
    const chosen = $("file").files[0];
    if (!chosen) return;
    if (chosen.type === "application/pdf") chooseDocument(chosen);
    else choosePhoto(chosen);
    $("file").value = "";
  }

  function chooseDocument(chosen) {
    if (chosen.size > FILE_LIMIT) return note(say.file_size);
    const reader = new FileReader();
    reader.onload = () => view("", chosen.name, () => send({ document: reader.result, name: chosen.name, title: DOCUMENT + " " + chosen.name }), field);
    reader.readAsDataURL(chosen);
  }

  function choosePhoto(chosen) {
    const image = new Image(), address = URL.createObjectURL(chosen);
    image.onload = () => {
      const smaller = shrunk(image);
      URL.revokeObjectURL(address);
      view(smaller, say.your_photo, () => send({ photo: smaller }), field);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      note(say.photo_unreadable);
    };
    image.src = address;
  }

  /* Drawing it anew saves data and leaves behind what a camera writes into a file, such as the place. */
  function shrunk(image) {
    const scale = Math.min(1, PHOTO_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = make("canvas"), context = canvas.getContext("2d");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", PHOTO_QUALITY);
  }

  /* ---- overlays ---- */

  function openOverlay(overlay, first, back) {
    const app = document.querySelector(".app");
    const close = () => {
      overlay.hidden = true;
      app.removeAttribute("aria-hidden");
      overlay.onkeydown = null;
      if (back) back.focus();
    };
    overlay.hidden = false;
    app.setAttribute("aria-hidden", "true");
    first.focus();
    overlay.onkeydown = (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Tab") return;
      const stops = Array.from(overlay.querySelectorAll("button")).filter((stop) => !stop.hidden);
      const next = stops.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1);
      stops[(next + stops.length) % stops.length].focus();
      event.preventDefault();
    };
    return close;
  }

  function view(address, alt, sendIt, back) {
    const title = $("viewer-title"), closer = $("viewer-close"), sender = $("viewer-send");
    $("viewer-picture").hidden = !address;
    $("viewer-picture").src = address || "data:,";
    $("viewer-picture").alt = alt;
    title.textContent = !sendIt ? alt : address ? title.getAttribute("data-preview") : say.send_document + " " + alt;
    closer.textContent = closer.getAttribute(sendIt ? "data-cancel" : "data-close");
    sender.hidden = !sendIt;
    const close = openOverlay($("viewer"), sendIt ? sender : closer, back);
    closer.onclick = close;
    $("viewer-picture").onclick = sendIt ? null : close;
    sender.onclick = () => {
      close();
      sendIt();
    };
  }

  function askReset() {
    const close = openOverlay($("confirm"), $("confirm-no"), $("reset"));
    $("confirm-no").onclick = close;
    $("confirm-yes").onclick = () => {
      fetch("/chat/reset", { method: "POST", credentials: "same-origin", headers: { "X-Chat": "1" } }).then(
        () => {
          queue.forEach((item) => keep(QUEUED + item.key, null));
          location.reload();
        },
        () => (close(), disconnected())
      );
    };
  }

  /* ---- the composer ---- */

  function fit() {
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight, 128) + "px";
    keep(DRAFT, field.value || null);
  }

  /* An officer sees that somebody is typing; nothing of the words is sent. */
  function tellTyping() {
    if (!withOfficer || !field.value || Date.now() - toldTyping < TYPING_PAUSE * 1000) return;
    toldTyping = Date.now();
    fetch("/chat/typing", { method: "POST", credentials: "same-origin", headers: { "X-Chat": "1" } }).catch(() => (toldTyping = 0));
  }

  function submit() {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    fit();
    send({ text: text });
  }

  $("composer").onsubmit = (event) => {
    event.preventDefault();
    submit();
    field.focus();
  };
  field.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  field.oninput = () => {
    fit();
    tellTyping();
  };
  $("menu").onclick = () => send({ payload: "/menu", title: "Menu" });
  $("file").onchange = chooseFile;
  $("reset").onclick = askReset;
  $("latest").onclick = toEnd;
  scroll.onscroll = () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
    if (atEnd) $("latest").hidden = true;
  };
  window.addEventListener("online", reconnect);
  window.addEventListener("offline", disconnected);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && cursor) sync().then(listen, disconnected);
  });
  window.addEventListener("resize", () => atEnd && toEnd());

  /* ---- the beginning, and every new beginning after a lost network ---- */

  function start() {
    clearTimeout(startTimer);
    return flush().then(sync).then(
      () => {
        drawQueued();
        welcome();
        listen();
      },
      () => {
        drawQueued();
        disconnected();
        startTimer = setTimeout(start, pause * 1000);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    );
  }

  function drawQueued() {
    queue.forEach((item) => bubbles.some((known) => known.item === item) || drawOwn(item));
  }

  try {
    field.value = localStorage.getItem(DRAFT) || "";
  } catch (unavailable) {
    field.value = "";
  }
  fit();
  start();
})();
