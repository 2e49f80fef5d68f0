// Tells the server when this page is printed, by a button or from the browser's own menu, once for each print: browsers that
// draw a preview say so several times before they say that it is over.

// Whose sheet it is stands on the first one; the margin of the others gets it from here, while it is printed and no longer.
function nameSheets() {
  const line = document.querySelector("[data-sheet]")?.textContent.trim() ?? "";
  document.documentElement.style.setProperty("--sheet", JSON.stringify(line));
}

export function begin(watch) {
  let told = false;
  const before = () => {
    nameSheets();
    if (!told) {
      told = true;

      // Without a connection there is nobody to tell; what stands on the page was read with an entry.
      watch.invokeMethodAsync("NoticeAsync").catch(() => {});
    }
  };
  const after = () => {
    told = false;
    document.documentElement.style.removeProperty("--sheet");
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return {
    end: () => {
      after();
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    },
  };
}
