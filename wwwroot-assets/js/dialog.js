// Shows and closes a native <dialog>; what is modal about it is the browser's.

export function open(dialog) {
  if (!dialog.open) {
    dialog.showModal();
  }
}

export function close(dialog) {
  dialog.close();
}
