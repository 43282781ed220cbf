"use strict";
/* The part beside a chat and on a case: fields shown on request, suggested replies. */
{
  const ownerIn = (place) => place.querySelector("[data-panel]")?.dataset.of;

  /* What the officer has open stays, unless it belongs to somebody whose chat this no longer is. */
  const load = async (place) => {
    const answer = await fetch(place.dataset.part).catch(() => null); // the next message, or a reload, looks again
    if (!answer?.ok) return;
    const part = await answer.text(), fresh = document.createElement("template");
    fresh.innerHTML = part;
    const busy = place.querySelector("details[open], .clear") || place.contains(document.activeElement);
    const another = ownerIn(fresh.content) !== ownerIn(place);
    if (part !== place.part && (another || !busy)) place.innerHTML = place.part = part;
  };

  /* A new message may change who it is and what is suggested. */
  const follow = (place) => {
    const log = document.getElementById("log");
    const news = (changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]);
      if (added.some((node) => node.classList?.contains("participant"))) load(place);
    };
    if (log) new MutationObserver(news).observe(log, { childList: true });
  };

  const sent = (form, button) => {
    const fields = new FormData(form);
    if (button?.name) fields.set(button.name, button.value);
    return fetch(form.action, { method: "POST", body: fields });
  };

  /* Replaces one field, or the whole panel; what else is open on the page stays as it is. */
  const replace = async (form, button) => {
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const answer = await sent(form, button).finally(() => delete form.dataset.sent), panel = form.closest("[data-panel]");
    if (!answer.ok && answer.headers.get("content-type")?.startsWith("text/plain")) return complain(form, await answer.text());
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = form.closest("[data-field]");
    const fresh = old ? page.querySelector(`[data-field="${old.dataset.field}"]`) : page.querySelector("[data-panel]");
    const problem = page.querySelector("[role=alert]");
    if (problem && old) return complain(form, problem.textContent);
    if (fresh) (old ?? panel).replaceWith(fresh);
  };

  const complain = (form, sentence) => {
    let place = form.querySelector("[role=alert]");
    if (!place) {
      place = document.createElement("p");
      place.className = "problem";
      place.setAttribute("role", "alert");
      form.prepend(place);
    }
    place.textContent = sentence;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-field-form], [data-panel-form]")) {
      event.preventDefault();
      replace(form, event.submitter);
    }
  });

  document.addEventListener("click", (event) => {
    const reply = event.target.closest("[data-reply]"), composer = document.getElementById("text");
    if (!reply || !composer || composer.readOnly) return;
    composer.value = composer.value.trim() ? `${composer.value.trimEnd()}\n\n${reply.dataset.reply}` : reply.dataset.reply;
    composer.dispatchEvent(new Event("input", { bubbles: true }));
    composer.focus();
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-part]").forEach((place) => { load(place); follow(place); }));
}
