import { expect } from 'chai';
import type { LoadTexts } from '../flow/environment.ts';
import { loadTexts } from '../i18n/load-texts.ts';
import { expectAccessible } from '../test/accessible.ts';
import { sessionType } from '../test/fixtures.ts';
import { find, findByText, mount, until } from '../test/mount.ts';
import { createStubBackend } from '../test/stub-backend.ts';

const textOf = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) =>
  shadowRoot.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';

const inLanguage = (lang: string, load?: LoadTexts) =>
  mount(createStubBackend(), {
    attributes: { lang },
    environment: load === undefined ? {} : { loadTexts: load },
  });

describe('in another language', () => {
  // Unbundled they are a hundred files, which the test server makes when they are first asked for.
  before(async function () {
    this.timeout(60_000);
    await import('../flow/later-steps.ts');
  });

  it('lets the visitor choose a session in it', async () => {
    const element = mount(createStubBackend({ sessionTypes: [sessionType()] }), {
      attributes: { lang: 'fr', 'session-type': '' },
    });
    await find(element, '.session-type');
    await findByText(element, 'Que souhaitez-vous réserver ?');
  });

  it('shows no other one until its texts are there, and moves nothing then', async () => {
    const held = Promise.withResolvers<void>();
    const element = inLanguage('de', async (...request) => {
      await held.promise;
      return loadTexts(...request);
    });
    const progress = await find(element, '.progress');
    const before = progress.getBoundingClientRect();
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    expect(textOf(element, '.summary')).to.equal('');
    expect(element.shadowRoot.querySelector('button.time')).to.equal(null);
    held.resolve();
    await find(element, 'button.time');
    expect(textOf(element, '.progress')).to.equal('Schritt 1/3: Termin');
    expect((await find(element, '.progress')).getBoundingClientRect().height).to.equal(
      before.height,
    );
  });

  it('is asked for beside the times, before anything is drawn', () => {
    const asked: string[] = [];
    const element = inLanguage('de-AT', (locale) => {
      asked.push(locale);
      return Promise.resolve({});
    });
    expect(asked).to.deep.equal(['de-AT']);
    expect(element.shadowRoot.querySelector('.frame')).to.equal(null);
  });

  it('is English, and works, when its texts do not come', async () => {
    const element = inLanguage('de', () => Promise.reject(new TypeError('Failed to fetch')));
    (await find(element, 'button.time')).click();
    await until(() => textOf(element, '.go') === 'Continue');
    expect(textOf(element, '#day')).to.equal('Donnerstag, 12. November');
    (await find(element, '.go')).click();
    await findByText(element, 'Your details');
  });

  it('is English in the steps alone whose texts do not come', async () => {
    const element = inLanguage('de', (locale) => loadTexts(locale, false));
    (await find(element, 'button.time')).click();
    await until(() => textOf(element, '.go') === 'Weiter');
    (await find(element, '.go')).click();
    await findByText(element, 'Your details');
    expect(textOf(element, '.progress')).to.equal('Schritt 2/3: Angaben');
  });

  it('never asks for texts when it is English, and has no other when nobody wrote them', async () => {
    const asked: string[] = [];
    const load: LoadTexts = (locale, withLaterSteps) => {
      asked.push(locale);
      return loadTexts(locale, withLaterSteps);
    };
    await find(inLanguage('en-GB', load), 'button.time');
    expect(asked).to.deep.equal([]);
    const element = inLanguage('ka', load);
    await find(element, 'button.time');
    expect(textOf(element, '.progress')).to.equal('Step 1 of 3: time');
  });

  it('takes the page’s own words first', async () => {
    const element = inLanguage('de');
    element.messages = { continue: 'Auf geht’s' };
    (await find(element, 'button.time')).click();
    await until(() => textOf(element, '.go') === 'Auf geht’s');
    expect(textOf(element, '.progress')).to.equal('Schritt 1/3: Termin');
    element.messages = { continue: 'Los' };
    await until(() => textOf(element, '.go') === 'Los');
  });

  it('can be changed at any time, there and back, in any step', async () => {
    const element = inLanguage('en-GB');
    (await find(element, 'button.time')).click();
    (await find(element, '.go')).click();
    await findByText(element, 'Your details');
    element.lang = 'es';
    await findByText(element, 'Tus datos');
    expect(textOf(element, '.progress')).to.equal('Paso 2/3: datos');
    element.lang = 'fr';
    element.lang = 'de';
    await findByText(element, 'Ihre Angaben');
    element.lang = 'en-GB';
    await findByText(element, 'Your details');
  });

  it('stands beside another one on the same page', async () => {
    const [german, spanish] = [inLanguage('de'), inLanguage('es')];
    await find(german, 'button.time');
    await find(spanish, 'button.time');
    expect(textOf(german, '.progress')).to.equal('Schritt 1/3: Termin');
    expect(textOf(spanish, '.progress')).to.equal('Paso 1/3: hora');
  });

  it('says everything in it, through all the steps', async () => {
    const element = inLanguage('de');
    (await find(element, 'button.time')).click();
    await until(() => textOf(element, '.go') === 'Weiter');
    expect(textOf(element, '#day')).to.equal('Donnerstag, 12. November');
    expect(textOf(element, '.progress')).to.equal('Schritt 1/3: Termin');
    (await find(element, '.go')).click();
    await findByText(element, 'Ihre Angaben');
    expect(element.shadowRoot.textContent).not.to.match(/Your|E-mail|Step/);
  });

  it('is as accessible right to left', async () => {
    const element = inLanguage('ar');
    const frame = await find(element, '.frame');
    await find(element, 'button.time');
    expect(getComputedStyle(frame).direction).to.equal('rtl');
    expect(textOf(element, '.progress')).to.equal('خطوة 1/3: الموعد');
    await expectAccessible(element);
  });
});
