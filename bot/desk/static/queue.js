"use strict";
/* The queue: rows that come by themselves, filters, the switch of the sound. */
(() => {
  const queue = document.getElementById("queue"), filters = document.getElementById("filters");
  const sound = document.getElementById("sound"), text = desk.text;

  const refresh = desk.refresher(() => {
    const wanted = new URLSearchParams(new FormData(filters)).toString();
    return desk.call(queue.dataset.live + "?" + wanted).then((html) => {
      const held = document.activeElement && queue.contains(document.activeElement) ? nameOf(document.activeElement) : "";
      if (queue.innerHTML !== html) queue.innerHTML = html;
      if (held) Array.from(queue.querySelectorAll("a, button")).some((node) => nameOf(node) === held && (node.focus(), true));
      desk.ring(queue);
    });
  });

  function nameOf(node) {
    const row = node.closest("tr");
    return (row ? row.dataset.handoff : "") + node.tagName;
  }

  function showSound() {
    sound.textContent = desk.isMuted() ? text("script.sound_off") : text("script.sound_on");
    sound.setAttribute("aria-pressed", String(!desk.isMuted()));
  }

  filters.addEventListener("change", () => {
    const wanted = new URLSearchParams(new FormData(filters)).toString();
    history.replaceState(null, "", desk.PREFIX + "?" + wanted);
    refresh();
  });
  sound.onclick = () => {
    desk.mute(!desk.isMuted());
    showSound();
    if (!desk.isMuted()) desk.beep();
  };

  function move(step) {
    const links = Array.from(queue.querySelectorAll("td:first-child a")), at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) next.focus();
  }

  desk.keys({
    j: () => move(1),
    k: () => move(-1),
    t: () => {
      const row = document.activeElement.closest("tr") || queue.querySelector("tbody tr");
      const take = row && row.querySelector("button");
      if (take) take.click();
    },
  });
  showSound();
  desk.ring(queue);
  desk.listen(document.querySelector("[data-stream]").dataset.stream, { connected: refresh, queue: refresh });
})();
