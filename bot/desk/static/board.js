"use strict";
// Keeps the upper part of the board up to date; never while somebody chooses something in it.

const live = document.getElementById("live");
let shown = "";

async function refresh() {
  if (document.hidden || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(live.dataset.refresh, { headers: { accept: "text/plain" } });
    if (answer.status === 401) location.reload();
    if (!answer.ok) return;
    const news = await answer.text();
    if (news !== shown && !live.contains(document.activeElement)) live.innerHTML = shown = news;
  } catch {
    // The network is away for a moment; the next look repairs it.
  }
}

setInterval(refresh, Number(live.dataset.seconds) * 1000);
document.addEventListener("visibilitychange", refresh);
