// The keyboard alone is enough. Every key presses something that also stands on the page, so nothing works by script only.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s) => [...document.querySelectorAll(s)];
  const rows = $$("[data-row]");
  const typing = (e) => e.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  const here = () => { const at = rows.indexOf(document.activeElement); return at >= 0 ? at : rows.findIndex((r) => r.hasAttribute("aria-current")); };
  const go = (step) => { const row = rows[Math.max(0, Math.min(rows.length - 1, here() + step))]; if (row) { row.focus(); row.scrollIntoView({ block: "nearest" }); } };
  const open = (details) => { details.open = true; const field = $("select, textarea, input:not([type=hidden])", details); if (field) field.focus(); };
  const press = (key) => {
    const target = $(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    target.tagName === "DETAILS" ? open(target) : target.click();
    return true;
  };
  const own = {
    j: () => go(1), k: () => go(-1),
    x: () => { const box = $("input[name=task][type=checkbox]", document.activeElement.closest("li") || document.createElement("i")); if (box) box.checked = !box.checked; },
    r: () => { const box = $("#answer"); if (box) box.focus(); },
    w: () => { const keep = $("#f-answer [name=keep]"); if (keep) keep.click(); },
    "/": () => { const sieve = $(".sieve select"); if (sieve) sieve.focus(); },
    "?": () => { location.href = $("nav a[href$='/keys/']").href; },
    g: () => { location.href = $(".bar .brand").href; },
  };
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && typing(e)) return e.target.blur();
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && e.target.form) { const send = $("button[name=send], button:not([name])", e.target.form); if (send) { e.preventDefault(); send.click(); } return; } // an input of one line would send once more by itself
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const key = e.key.toLowerCase();
    const ticked = key === "s" && $("#rows input[name=task]:checked");
    const batch = key === "q" && $("#rows input[name=task]:checked") && $("[data-batch]");
    if (batch) { e.preventDefault(); return batch.click(); }
    if (ticked) { e.preventDefault(); return $("#rows").requestSubmit(); }
    if (own[key]) { e.preventDefault(); own[key](); } else if (press(key)) e.preventDefault();
  });
  for (const select of $$("[data-go]")) select.addEventListener("change", () => select.form.submit());
  // A template goes into its box at once, after what stands there; the first gap is marked. Without script the link fills the page anew.
  document.addEventListener("click", (e) => {
    const link = e.target.closest("[data-fill]"), box = link && document.getElementById(link.dataset.fill);
    if (!box) return;
    e.preventDefault();
    const kept = box.value.trim(), begin = kept ? kept.length + 1 : 0;
    box.value = (kept ? kept + "\n" : "") + link.dataset.text;
    const gap = /〔[^〔〕]+〕/.exec(box.value.slice(begin));
    box.focus();
    if (gap) box.setSelectionRange(begin + gap.index, begin + gap.index + gap[0].length);
    const folded = link.closest("details.phrases");
    if (folded) folded.open = false;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // The advice comes without a new page, and once it was asked for follows what is mended. When it cannot, the form is sent.
  for (const look of $$("[data-look]")) {
    const form = look.form, place = $("#advice-place", form), box = $("textarea", form);
    let timer = 0, last = 0;
    const ask = async () => {
      const turn = ++last, sent = new FormData(form);
      sent.delete("photos");
      const answer = await fetch(look.dataset.look, { method: "POST", body: sent });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const text = await answer.text();
      if (turn === last) place.innerHTML = text;
    };
    look.addEventListener("click", (e) => {
      if (look.dataset.failed || !box.value.trim()) return;
      e.preventDefault();
      ask().then(() => { const shown = $("#advice"); if (shown) shown.focus({ preventScroll: true }); }).catch(() => { look.dataset.failed = "1"; look.click(); });
    });
    box.addEventListener("input", () => {
      clearTimeout(timer);
      if ($("#advice", place)) timer = setTimeout(() => ask().catch(() => {}), 900);
    });
  }
  for (const button of $$("[data-noscript]")) button.hidden = true;
  const all = $("[data-all]");
  if (all) { all.hidden = false; all.addEventListener("click", () => $$("#rows input[name=task]").forEach((box) => { box.checked = true; })); }
  // What an officer opened of a caller closes on the page too when its time is over.
  for (const one of $$("[data-left]")) setTimeout(() => { one.textContent = one.dataset.closed; }, Math.min(one.dataset.left * 1000, 2 ** 31 - 1));
  const current = $("[data-row][aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
  const faults = $("#faults");
  if (faults) faults.focus();
  const advice = $("#advice");
  if (advice && !faults) { advice.closest("form").scrollIntoView(); advice.scrollIntoView({ block: "nearest" }); advice.focus({ preventScroll: true }); }
})();
