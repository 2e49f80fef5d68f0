// Tells the server when somebody comes back to this tab, so that it can ask whether what stands there may still be seen.

export function begin(watch) {
  const look = () => {
    if (document.visibilityState === "visible") {
      // Without a connection there is nobody to ask; the next return asks again.
      watch.invokeMethodAsync("NoticeAsync").catch(() => {});
    }
  };
  document.addEventListener("visibilitychange", look);
  return { end: () => document.removeEventListener("visibilitychange", look) };
}
