import { expect } from 'chai';

// Nothing is imported before Temporal is gone: this is a browser that never had it.
describe('a browser without Temporal', () => {
  it('gets the polyfill, and the page does not', async function wait() {
    this.timeout(20_000);
    Reflect.deleteProperty(globalThis, 'Temporal');
    const { find, mount } = await import('../test/mount.ts');
    const { createStubBackend } = await import('../test/stub-backend.ts');
    const { hasTemporal } = await import('./temporal.ts');
    expect(hasTemporal()).to.equal(false);
    const element = mount(createStubBackend());
    const time = await find(element, 'button.time');
    expect(time.textContent).to.contain('09:00');
    expect(element.shadowRoot.querySelector('#day')?.textContent).to.contain('12 November');
    expect(globalThis).not.to.have.property('Temporal');
  });
});
