/** What /docs does in the browser: asks for a credential, then draws the OpenAPI document. Text alone enters the page, never markup. */
export const pageScript = `
'use strict';
const $ = id => document.getElementById(id);
const make = (tag, props, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};
let token = '';

const say = text => {
  $('problem').textContent = text;
};

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail || problem.title || 'The server answered ' + response.status + '.');
}

const withToken = () => ({ headers: { authorization: 'Bearer ' + token } });

async function show() {
  say('');
  const api = await (await ask('/api/openapi.json', withToken())).json();
  draw(api);
}

function draw(api) {
  const index = $('modules');
  const content = $('content');
  index.replaceChildren();
  content.replaceChildren(...api.info.description.split('\\n\\n').map(text => make('p', { className: 'quiet' }, text)));
  content.append(downloads());
  api.tags.forEach((tag, at) => {
    const id = 'module-' + at;
    index.append(make('li', {}, make('a', { href: '#' + id }, tag.name)));
    content.append(make('h2', { id }, tag.name), make('p', { className: 'quiet' }, tag.description));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.tags.includes(tag.name)) content.append(entry(api, method, path, operation));
      }
    }
  });
  if (api.tags.length === 0) content.append(make('p', {}, 'This credential may use no module yet. Install one for the client, or give the key a scope.'));
  $('count').textContent = Object.keys(api.paths).length + ' paths';
}

function entry(api, method, path, operation) {
  const head = make(
    'summary',
    {},
    make('span', { className: 'method' }, method.toUpperCase()),
    make('span', { className: 'path' }, path),
    make('span', { className: 'quiet' }, operation.summary),
  );
  const details = make('details', { id: operation.operationId }, head);
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(body(api, method, path, operation));
  });
  return details;
}

function body(api, method, path, operation) {
  const example = operation.requestBody && operation.requestBody.content['application/json'].example;
  const line = curl(api.servers[0].url, method, path, example);
  const copy = make('button', { type: 'button' }, 'Copy');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(line);
    copy.textContent = 'Copied';
  });
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const meaning = response.$ref ? api.components.responses[response.$ref.split('/').pop()] : response;
    return make('tr', {}, make('td', {}, status), make('td', {}, meaning.description.replaceAll('\\u0060', '')));
  });
  return make(
    'div',
    { className: 'body' },
    make('p', {}, operation.description),
    make('pre', {}, line),
    make('p', {}, copy),
    make('table', {}, make('tbody', {}, ...rows)),
  );
}

/** The key stays out of the line: it is taken from the shell. */
function curl(server, method, path, example) {
  const parts = ["curl '" + server + path.replace('{id}', 'ID') + "'", "-H \\"Authorization: Bearer $INLAY_KEY\\""];
  if (method !== 'get') parts.splice(1, 0, '-X ' + method.toUpperCase());
  if (example !== undefined) {
    parts.push("-H 'Content-Type: application/json'", "-d '" + JSON.stringify(example).replaceAll("'", "'\\\\''") + "'");
  }
  return parts.join(' \\\\\\n  ');
}

function downloads() {
  const files = [
    ['OpenAPI', '/api/openapi.json', 'openapi.json'],
    ['Markdown', '/api/openapi.json?format=markdown', 'inlay-api.md'],
    ['Postman', '/api/openapi.json?format=postman', 'inlay.postman.json'],
    ['TypeScript client', '/api/sdk/typescript', 'inlay.ts'],
    ['Python client', '/api/sdk/python', 'inlay.py'],
  ];
  const buttons = files.map(([label, path, name]) => {
    const button = make('button', { type: 'button' }, label);
    button.addEventListener('click', () => attempt(async () => {
      const href = URL.createObjectURL(await (await ask(path, withToken())).blob());
      make('a', { href, download: name }).click();
      URL.revokeObjectURL(href);
    }));
    return button;
  });
  return make('form', {}, ...buttons);
}

async function attempt(run) {
  try {
    await run();
  } catch (error) {
    say(error.message);
  }
}

$('key-form').addEventListener('submit', event => {
  event.preventDefault();
  token = $('key').value.trim();
  attempt(show);
});

$('desk').addEventListener('click', () => attempt(async () => {
  const { data } = await (await ask('/api/clients')).json();
  const select = $('client');
  select.replaceChildren(...data.map(({ id, name }) => make('option', { value: id }, name)));
  $('client-form').hidden = false;
  if (data.length === 0) say('There is no client yet.');
}));

$('client-form').addEventListener('submit', event => {
  event.preventDefault();
  attempt(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ clientId: $('client').value });
    const { data } = await (await ask('/api/session/token', { method: 'POST', headers, body })).json();
    token = data.token;
    await show();
  });
});
`;
