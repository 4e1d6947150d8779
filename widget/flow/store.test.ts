import { expect } from 'chai';
import { createStorage } from '../test/mount.ts';
import { createStore } from './store.ts';

describe('what is remembered', () => {
  it('is read as it was written, under its own name', () => {
    const storage = createStorage();
    createStore(storage, 'a:').write('x', { n: 1 });
    expect(createStore(storage, 'a:').read('x')).to.deep.equal({ n: 1 });
    expect(createStore(storage, 'b:').read('x')).to.equal(null);
  });

  it('is nothing where storage is blocked, full, or holds something else', () => {
    const broken = {
      getItem: () => {
        throw new DOMException('', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('', 'QuotaExceededError');
      },
      removeItem: () => {
        throw new DOMException('', 'SecurityError');
      },
    } as unknown as Storage;
    for (const storage of [undefined, broken]) {
      const store = createStore(storage, '');
      store.write('x', 1);
      store.remove('x');
      expect(store.read('x')).to.equal(null);
    }
    const strange = createStorage();
    strange.setItem('x', '{not json');
    expect(createStore(strange, '').read('x')).to.equal(null);
  });
});
