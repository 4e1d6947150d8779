for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, {
    get() {
      throw new DOMException('The owner of this browser allows no storage.', 'SecurityError');
    },
  });
}
