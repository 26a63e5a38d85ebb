import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../platform/i18n/index.ts';
import * as ui from './index.ts';

const t = translate('de');
const evil = '"><script>alert(1)</script>\'&';
const html = (element: { toString(): string }): string => element.toString();

test('texts and attributes from outside come out as text', () => {
  const option = { value: evil, label: evil, hint: evil };
  const field = { t, name: evil, label: evil, hint: evil, error: evil };
  const pages = [
    <ui.TextField {...field} value={evil} suffix={evil} />,
    <ui.TextArea {...field} value={`</textarea>${evil}`} />,
    <ui.Select {...field} options={[option]} value={evil} empty={evil} />,
    <ui.RadioGroup {...field} options={[option]} />,
    <ui.CheckboxGroup {...field} options={[option]} values={[evil]} />,
    <ui.FileField {...field} />,
    <ui.Alert tone="danger" title={evil}>
      {evil}
    </ui.Alert>,
    <ui.ErrorSummary t={t} problems={[{ id: evil, text: evil }]} />,
    <ui.Table caption={evil} columns={[{ header: evil, cell: (row: string) => row }]} rows={[evil]} />,
    <ui.DescriptionList rows={[{ key: evil, value: evil, change: { href: `/${evil}`, text: evil, label: evil } }]} />,
    <ui.Timeline items={[{ at: evil, datetime: evil, title: evil, by: evil, body: evil }]} />,
    <ui.PortalPage t={t} language="de" title={evil} path={`/${evil}`} jobcenter={{ name: evil, phone: evil }}>
      {evil}
    </ui.PortalPage>,
    <ui.WorkspacePage t={t} language="de" title={evil} path="/" jobcenterName={evil} staffName={evil} csrf={evil}>
      {evil}
    </ui.WorkspacePage>,
  ];
  for (const page of pages) assert.doesNotMatch(html(page), /<script>alert/);
});

test('what a closed menu hides is said at the menu: that there is something new', () => {
  const menu = (unread: boolean): string | undefined => {
    const page = html(
      <ui.WorkspacePage
        t={t}
        language="de"
        title="x"
        path="/"
        jobcenterName="x"
        staffName="x"
        news={{ href: '/neu', unread }}
      >
        x
      </ui.WorkspacePage>,
    );
    return /<summary>Menü(.*?)<\/summary>/.exec(page)?.[1];
  };
  assert.match(menu(true) ?? '', /aria-hidden="true"><\/span><span class="kern-sr-only">Es gibt Neues\.<\/span>$/);
  assert.equal(menu(false), '');
});

test('a field ties its label, hint and error to the input', () => {
  const page = html(
    <ui.TextField t={t} name="person.city" label="Ort" hint="Wo Sie wohnen" error="Bitte den Ort angeben." />,
  );
  assert.match(page, /<label[^>]* for="f-person-city"/);
  assert.match(page, /aria-describedby="f-person-city-hint f-person-city-error"/);
  assert.match(page, /aria-invalid="true"/);
  assert.match(page, /id="f-person-city-hint"/);
  assert.match(page, /id="f-person-city-error"/);
  assert.match(page, / required=""/);
});

test('a voluntary field says so and is not required', () => {
  const unmarked = html(<ui.TextField t={t} name="place" label="Platz" optional mark="none" />);
  assert.doesNotMatch(unmarked, /kern-label__optional|required/);
  const page = html(<ui.TextField t={t} name="phone" label="Telefon" optional />);
  assert.match(page, /\(freiwillig\)/);
  assert.doesNotMatch(page, / required/);
});

test('the error summary leads to the first option of a group', () => {
  const group = html(<ui.YesNo t={t} name="rent" label="Zahlen Sie Miete?" error="Bitte wählen Sie." />);
  assert.match(group, /<input[^>]* id="f-rent"/);
  const summary = html(<ui.ErrorSummary t={t} problems={[{ id: ui.fieldId('rent'), text: 'Bitte wählen Sie.' }]} />);
  assert.match(summary, /href="#f-rent"/);
  assert.match(summary, /autofocus/);
});

test('what leads to a group arrives at the chosen option, as the keyboard does', () => {
  const group = html(<ui.YesNo t={t} name="rent" label="Zahlen Sie Miete?" value="no" />);
  assert.match(group, /<input[^>]* id="f-rent"[^>]* value="no" checked/);
  assert.equal(group.match(/<input[^>]* id="f-rent"/g)?.length, 1);
  const ids = [...group.matchAll(/<input[^>]* id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, 2);
});

test('pages hold no script or style of their own', () => {
  const page = html(
    <ui.PortalPage t={t} language="en" title="Start" path="/?a=1" jobcenter={{ name: 'Jobcenter Musterstadt' }}>
      <p>x</p>
    </ui.PortalPage>,
  );
  assert.doesNotMatch(page, / style=|<style|<script>| on[a-z]+=/);
  assert.match(page, /lang="en"/);
  assert.match(page, /\/\?a=1&amp;sprache=de/);
});
