"use strict";
/* What all pages of the desk share: texts, calls, the live stream, the sound of a new case.
   Where a session has ended, a page leads to the sign-in and comes back after it. */
const desk = (() => {
  const body = document.body, texts = JSON.parse(body.dataset.texts || "{}");
  const PREFIX = "/petugas", RETURN = "desk.return", MUTED = "desk.muted", EVERY_MS = 15000;
  const title = document.title;

  function text(name, values) {
    const words = texts["desk_" + name] || name;
    return Object.keys(values || {}).reduce((said, key) => said.replace("{" + key + "}", values[key]), words);
  }

  function toSignIn() {
    sessionStorage.setItem(RETURN, location.pathname + location.search);
    location.href = PREFIX + "/masuk";
  }

  /* Resolves with the text of the answer; whoever is signed out is led to the sign-in. */
  function call(address, options) {
    const headers = { Accept: "*/*", "X-CSRF": body.dataset.csrf };
    return fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store", headers: headers }, options))
      .then((response) => {
        if (response.status === 401) toSignIn();
        return response.text().then((content) => {
          if (!response.ok) throw Object.assign(new Error(content), { status: response.status });
          return content;
        });
      });
  }

  function post(address, form) {
    return call(address, { method: "POST", body: form || new FormData() });
  }

  function fragment(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  /* One fetch at a time; what changes meanwhile is fetched right after. */
  function refresher(fetchIt) {
    let running = false, again = false;
    return function refresh() {
      if (running) return void (again = true);
      running = true;
      const done = () => {
        running = false;
        if (again) {
          again = false;
          refresh();
        }
      };
      fetchIt().then(done, done);
    };
  }

  /* The live stream of this page; `heard.connected` is called on every new connection, as something may be missed. */
  function listen(address, heard) {
    const cut = document.getElementById("cut");
    let source = null, timer = 0;
    function open() {
      source = new EventSource(address);
      Object.keys(heard).forEach((name) => source.addEventListener(name, (event) => heard[name](JSON.parse(event.data))));
      source.addEventListener("connected", () => (cut.textContent = ""));
      source.onerror = () => {
        timer = timer || setTimeout(() => {
          timer = 0;
          if (source.readyState !== 1) cut.textContent = text("script.cut");
        }, 1500); // every stream ends now and then: only a break that lasts is told
        if (source.readyState !== 2) return;
        source.close();
        call(PREFIX + "/antrean/ringkas").then(open, () => setTimeout(open, 2000));
      };
    }
    open();
    setInterval(heard.queue, EVERY_MS); // times go on by themselves
    window.addEventListener("pagehide", () => source.close());
  }

  /* ---- what rings: the number in the tab, and a sound for what is new ---- */

  let known = null;

  function ring(container) {
    const ids = Array.from(container.querySelectorAll("[data-rings='1']"), (row) => row.dataset.handoff);
    document.title = ids.length ? "(" + ids.length + ") " + title : title;
    const seen = known || JSON.parse(sessionStorage.getItem("desk.seen") || "[]");
    if (known && ids.some((id) => seen.indexOf(id) < 0) && !isMuted()) beep();
    known = ids;
    sessionStorage.setItem("desk.seen", JSON.stringify(ids));
  }

  function isMuted() {
    return localStorage.getItem(MUTED) === "1";
  }

  function mute(on) {
    localStorage.setItem(MUTED, on ? "1" : "0");
  }

  function beep() {
    const Audio = window.AudioContext;
    if (!Audio) return;
    const context = new Audio(), tone = context.createOscillator(), volume = context.createGain();
    tone.frequency.value = 660;
    tone.frequency.setValueAtTime(880, context.currentTime + 0.12);
    volume.gain.setValueAtTime(0.15, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.35);
    tone.connect(volume).connect(context.destination);
    tone.onended = () => context.close();
    tone.start();
    tone.stop(context.currentTime + 0.36);
  }

  /* ---- shortcuts: single keys, never while something is typed ---- */

  function keys(acts) {
    const help = document.getElementById("shortcuts");
    const all = Object.assign({ "?": () => help.showModal(), "/": () => (location.href = PREFIX + "/cari") }, acts);
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (typing || event.ctrlKey || event.altKey || event.metaKey || !all[event.key] || help.open) return;
      event.preventDefault();
      all[event.key]();
    });
  }

  /* ---- every form is sent once, however often it is tapped; scripts that send one themselves see to it there ---- */

  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true))); // the one that was tapped is sent first
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // only a page that is shown again, as it was left
    Array.from(document.querySelectorAll("form[data-sent]"), (form) => {
      delete form.dataset.sent;
      buttonsOf(form).forEach((button) => (button.disabled = false));
    });
  });

  function buttonsOf(form) {
    return Array.from(form.querySelectorAll("button"));
  }

  const back = sessionStorage.getItem(RETURN);
  if (back && location.pathname === PREFIX) {
    sessionStorage.removeItem(RETURN);
    if (back !== PREFIX) location.replace(back);
  }

  return { text, call, post, fragment, refresher, listen, ring, isMuted, mute, beep, keys, PREFIX };
})();
