// Two sums that always add up, and a slider as the third way in.

const box = document.querySelector("[data-part=split]");
const slider = box.querySelector("[data-part=slider]");
const [refund, release] = box.querySelectorAll("input:not([type=range])");
const amount = Number(box.dataset.amount);
const digits = new Intl.NumberFormat("en", { style: "currency", currency: box.dataset.currency }).resolvedOptions().maximumFractionDigits;
const unit = 10 ** digits;

const shown = (minor) => (minor / unit).toFixed(digits);

/** Minor units of what was written, within the amount; null while it is no sum. */
function read(text) {
  const bare = text.replace(/\s|(?<=\d)[.,](?=\d{3}(\D|$))/g, "").replace(",", ".");
  const sum = Math.round(Number(bare) * unit);
  return bare && Number.isFinite(sum) && sum >= 0 && sum <= amount ? sum : null;
}

function set(refundMinor, except) {
  if (refund !== except) refund.value = shown(refundMinor);
  if (release !== except) release.value = shown(amount - refundMinor);
  if (slider !== except) slider.value = refundMinor;
  slider.setAttribute("aria-valuetext", `${refund.value} / ${release.value}`);
}

refund.addEventListener("input", () => {
  const sum = read(refund.value);
  if (sum !== null) set(sum, refund);
});
release.addEventListener("input", () => {
  const sum = read(release.value);
  if (sum !== null) set(amount - sum, release);
});
slider.addEventListener("input", () => set(Number(slider.value), slider));

slider.step = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(amount, 1) / 200)));
slider.hidden = false;
set(read(refund.value) ?? 0, refund);
