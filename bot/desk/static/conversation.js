"use strict";
/* One conversation: what is said appears by itself, what is typed is never lost. */
(() => {
  const $ = (id) => document.getElementById(id), text = desk.text;
  const page = document.querySelector("[data-stream]"), path = page.dataset.path;
  const log = $("log"), scroll = $("scroll"), field = $("text"), composer = $("composer"), trouble = $("trouble");
  const cases = $("cases"), typing = $("typing"), latest = $("latest");
  const canned = $("canned"), file = $("file");
  const DRAFT = "desk.draft." + path, NOTE = "desk.note." + path;
  const TYPING_MS = 5000, TELL_EVERY_MS = 3000;
  let noting = false, typingTimer = 0, told = 0, atEnd = true, sending = false, waitTimer = 0, pause = 1000;

  /* ---- the transcript ---- */

  /* From where on to ask: what waits to be sent may still change. */
  function cursor() {
    const entries = Array.from(log.children), last = entries[entries.length - 1];
    const waiting = entries.filter((entry) => /^(waiting|late)$/.test(entry.dataset.state || ""))[0];
    return (waiting || last || { dataset: { at: "1" } }).dataset.at;
  }

  const refresh = desk.refresher(() =>
    desk.call(path + "/baru?sesudah=" + cursor()).then((html) => {
      const news = desk.fragment(html);
      Array.from(news.querySelectorAll("#news > .entry")).forEach(put);
      showState(news.querySelector("#state"));
      if (atEnd) toEnd();
      lookAgain();
    })
  );

  function put(entry) {
    const old = $(entry.id);
    if (old) {
      if (old.outerHTML !== entry.outerHTML && old.dataset.state !== entry.dataset.state) log.replaceChild(entry, old);
      return;
    }
    const after = Array.from(log.children).filter((one) => Number(one.dataset.at) > Number(entry.dataset.at))[0];
    log.insertBefore(entry, after || null);
    if (entry.classList.contains("participant")) hideTyping();
    if (!atEnd) latest.hidden = false;
  }

  /* What becomes of a message that goes out is told by no hint. */
  function lookAgain() {
    clearTimeout(waitTimer);
    if (!log.querySelector("[data-state=waiting], [data-state=late]")) return void (pause = 1000);
    waitTimer = setTimeout(refresh, pause);
    pause = Math.min(pause * 2, 15000);
  }

  /* Left as it is while somebody works in it. */
  function showState(fresh) {
    const state = $("state");
    const busy = state.querySelector("details[open]") || (document.activeElement && state.contains(document.activeElement));
    const same = state.outerHTML === fresh.outerHTML;
    const decided = state.dataset.open !== fresh.dataset.open || state.dataset.mine !== fresh.dataset.mine;
    if (!same && (!busy || decided)) state.parentNode.replaceChild(fresh, state);
    showComposer();
  }

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
    atEnd = true;
    latest.hidden = true;
  }

  scroll.onscroll = () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    if (atEnd) latest.hidden = true;
  };
  latest.onclick = toEnd;
  log.addEventListener("load", () => atEnd && toEnd(), true); // a picture has its height only now
  if ($("older"))
    $("older").onclick = () => {
      const first = log.firstElementChild, height = scroll.scrollHeight;
      desk.call(path + "/lama?sebelum=" + first.dataset.at).then((html) => {
        const older = desk.fragment(html);
        if (!older.querySelector(".entry")) $("older").hidden = true;
        log.insertBefore(older, first);
        scroll.scrollTop += scroll.scrollHeight - height;
      });
    };

  /* ---- typing ---- */

  function showTyping() {
    typing.textContent = text("script.typing");
    clearTimeout(typingTimer);
    typingTimer = setTimeout(hideTyping, TYPING_MS);
    if (atEnd) toEnd();
  }

  function hideTyping() {
    typing.textContent = "";
  }

  function tellTyping() {
    if (noting || !mine() || !field.value || Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    desk.post(path + "/mengetik").catch(() => (told = 0));
  }

  /* ---- the composer ---- */

  function mine() {
    return $("state").dataset.mine === "1";
  }

  function keepDraft() {
    sessionStorage.setItem(noting ? NOTE : DRAFT, field.value);
  }

  function write(on) {
    keepDraft();
    noting = on;
    field.value = sessionStorage.getItem(noting ? NOTE : DRAFT) || "";
    showComposer();
  }

  function showComposer() {
    const may = noting || mine();
    composer.classList.toggle("noting", noting);
    field.readOnly = !may;
    $("send").disabled = !may || sending;
    $("mode-reply").setAttribute("aria-pressed", String(!noting));
    $("mode-note").setAttribute("aria-pressed", String(noting));
    $("text-label").textContent = noting ? text("script.write_note") : text("script.write_reply");
    field.placeholder = $("text-label").textContent;
  }

  let key = "", keyed = "";

  // The same words posted again, after an answer that was lost on the way, are the same message.
  function keyOf(words) {
    if (words !== keyed) {
      key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      keyed = words;
    }
    return key;
  }

  function submit() {
    if (sending || field.readOnly || !(field.value.trim() || (!noting && file.files.length))) return;
    const form = new FormData(composer), target = noting ? composer.dataset.note : composer.action;
    form.append("key", keyOf(field.value + "\n" + Array.from(file.files, (one) => one.name + one.size)));
    sending = field.readOnly = true;
    trouble.textContent = "";
    desk.post(target, form).then(
      () => {
        field.value = "";
        keyed = "";
        told = 0;
        if (!noting) file.value = "";
        keepDraft();
        sent();
        atEnd = true;
        refresh();
      },
      (failure) => {
        sent();
        trouble.textContent = failure.status ? failure.message || text("script.refused") : text("script.not_sent");
        refresh();
      }
    );
  }

  function sent() {
    sending = false;
    showComposer();
    field.focus();
  }

  composer.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  field.onkeydown = (event) => {
    if (choosesCanned(event)) return;
    if (event.key === "Escape") return field.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    submit();
  };
  field.oninput = () => {
    keepDraft();
    tellTyping();
    offerCanned();
  };
  $("mode-reply").onclick = () => (write(false), field.focus());
  $("mode-note").onclick = () => (write(true), field.focus());

  /* ---- canned replies: a slash and the beginning of a shortcut ---- */

  let replies = null, chosen = 0;

  function offerCanned() {
    const typed = /^\/([a-z0-9-]*)$/i.exec(field.value);
    if (!typed || noting) return hideCanned();
    if (replies) return showCanned(typed[1].toLowerCase());
    desk.call(composer.dataset.canned).then((answer) => {
      replies = JSON.parse(answer);
      offerCanned();
    }, () => {}); // the next letter asks again
  }

  function showCanned(typed) {
    const fitting = replies.filter((reply) => reply.shortcut.indexOf(typed) === 0);
    canned.textContent = "";
    fitting.forEach((reply, place) => {
      const option = document.createElement("li"), name = document.createElement("b");
      option.id = "canned-" + place;
      option.setAttribute("role", "option");
      name.textContent = "/" + reply.shortcut;
      option.append(name, " " + reply.text);
      option.onmousedown = (event) => {
        event.preventDefault();
        useCanned(reply);
      };
      option.reply = reply;
      canned.appendChild(option);
    });
    canned.hidden = !fitting.length;
    choose(0);
  }

  function choose(place) {
    const options = Array.from(canned.children);
    chosen = (place + options.length) % (options.length || 1);
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (options.length) {
      field.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function useCanned(reply) {
    field.value = reply.text;
    hideCanned();
    keepDraft();
    tellTyping();
  }

  function hideCanned() {
    canned.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function choosesCanned(event) {
    if (canned.hidden) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (moves[event.key]) choose(chosen + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") useCanned(canned.children[chosen].reply);
    else if (event.key === "Escape") hideCanned();
    else return false;
    event.preventDefault();
    return true;
  }

  /* ---- the other conversations ---- */

  const refreshCases = desk.refresher(() =>
    desk.call(cases.dataset.live).then((html) => {
      if (!cases.contains(document.activeElement) && cases.innerHTML !== html) cases.innerHTML = html;
      markCurrent();
      desk.ring(cases);
    })
  );

  function markCurrent() {
    const current = cases.querySelector("a[href='" + path + "']");
    if (current) current.setAttribute("aria-current", "page");
  }

  function showOthers(names) {
    const others = $("others");
    others.textContent = names.length ? text("script.others", { names: names.join(", ") }) : "";
  }

  function go(step) {
    const links = Array.from(cases.querySelectorAll("a")), at = links.findIndex((link) => link.getAttribute("href") === path);
    const next = links[at < 0 ? 0 : at + step];
    if (next) location.href = next.href;
  }

  desk.keys({
    j: () => go(1),
    k: () => go(-1),
    t: () => $("take") && $("take").click(),
    r: () => (write(false), field.focus()),
    n: () => (write(true), field.focus()),
    x: () => $("close") && (($("close").open = true), $("close").querySelector("select").focus()),
  });

  field.value = field.value || sessionStorage.getItem(DRAFT) || "";
  showComposer();
  keepDraft(); // what was typed while the page was still loading
  offerCanned();
  toEnd();
  lookAgain();
  markCurrent();
  desk.ring(cases);
  if (mine()) field.focus();
  desk.listen(page.dataset.stream, {
    connected: () => (refresh(), refreshCases()),
    queue: refreshCases,
    talk: refresh,
    typing: showTyping,
    present: showOthers,
  });
})();
