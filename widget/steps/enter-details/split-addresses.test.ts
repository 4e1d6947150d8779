import { expect } from 'chai';
import { newAddresses, splitAddresses } from './split-addresses.ts';

describe('addresses in a text', () => {
  const texts: [string, string[], string[]][] = [
    ['', [], []],
    ['ada@example.com', ['ada@example.com'], []],
    ['a@b.co, c@d.co;e@f.co', ['a@b.co', 'c@d.co', 'e@f.co'], []],
    ['a@b.co\nc@d.co\r\n\te@f.co', ['a@b.co', 'c@d.co', 'e@f.co'], []],
    ['a@b.co c@d.co', ['a@b.co', 'c@d.co'], []],
    ['Ada Okafor <ada@example.com>, "T. X" <t@x.org>', ['ada@example.com', 't@x.org'], []],
    ['Ada <no address>, a@b.co', ['a@b.co'], ['no address']],
    ['ada, a@b, a@b.co', ['a@b.co'], ['ada', 'a@b']],
    ['<script>alert(1)</script>', [], ['script']],
    [', ; ,', [], []],
  ];
  for (const [text, addresses, rest] of texts) {
    it(`are found in ${JSON.stringify(text)}`, () => {
      expect(splitAddresses(text)).to.deep.equal({ addresses, rest });
    });
  }

  it('count once, in whatever case they are written', () => {
    expect(
      newAddresses(['Ada@Example.com'], ['ada@example.com', 'b@c.co', 'B@C.co']),
    ).to.deep.equal(['b@c.co']);
  });
});
