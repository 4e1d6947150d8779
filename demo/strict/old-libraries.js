/* oxlint-disable no-extend-native -- that is what they did */
// What libraries of another time did, and some pages still do, to everything that is made of these.
Array.prototype.last = function last() {
  return this[this.length - 1];
};
Object.prototype.extend = function extend(more) {
  return Object.assign(this, more);
};
Object.prototype.polluted = 'polluted';
String.prototype.strip = String.prototype.trim;
Element.prototype.show = function show() {
  this.style.display = '';
};
Element.prototype.update = function update(text) {
  this.textContent = text;
};

const asText = function toJSON() {
  return `"${[...this].join()}"`;
};
Array.prototype.toJSON = asText;
String.prototype.toJSON = asText;
Date.prototype.toJSON = () => 'a day';
Object.prototype.toJSON = () => 'an object';

Array.from = (list) => (list ? [].slice.call(list) : []);
Function.prototype.defer = function defer() {
  setTimeout(this);
};
