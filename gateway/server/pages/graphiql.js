// Starts GraphiQL; on a development stack a choice of consumer fills in its headers and a query.
const WORKERS = { editorWorkerService: 'editor', json: 'json', graphql: 'graphql' };
const CHOSEN = 'citizengraph:choice';

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => `/graphiql/${WORKERS[label]}.js`,
};

const form = document.getElementById('login');
const select = document.getElementById('choice');
const state = document.getElementById('state');
const { examples, choices } = await (await fetch('/graphiql/options.json')).json();

function show(example, headers) {
  const tab = {
    query: example?.query ?? '# Write a query here; Ctrl-Enter runs it.\n',
    variables: example?.variables ? JSON.stringify(example.variables, null, 2) : '',
    headers: JSON.stringify(headers, null, 2),
  };
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    ...tab,
    title: 'citizengraph',
    endpoint: '/graphql',
    defaultTabs: [tab],
    defaultHeaders: tab.headers,
    shouldPersistHeaders: false,
  });
}

async function login(index) {
  const answer = await fetch('/graphiql/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ choice: index }),
  });
  const { headers, error } = await answer.json();
  state.textContent = error ?? 'The token is in the headers tab and lasts one hour.';
  return headers ?? {};
}

/** GraphiQL keeps its tabs between visits; a new choice begins with the example's own. */
function forgetTabs() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('graphiql:')) localStorage.removeItem(key);
  }
}

function blankHeaders() {
  return {
    Authorization: 'Bearer <access token>',
    'Citizengraph-Purpose': '',
    'Citizengraph-Basis': '',
  };
}

if (choices.length) {
  choices.forEach(({ title }, index) => select.add(new Option(title, index)));
  const chosen = Math.min(Number(sessionStorage.getItem(CHOSEN) ?? 0), choices.length - 1);
  select.value = chosen;
  form.hidden = false;
  select.addEventListener('change', () => {
    sessionStorage.setItem(CHOSEN, select.value);
    location.reload();
  });
  forgetTabs();
  const { consumer } = choices[chosen];
  const fits = (example) => !example.consumer || example.consumer === consumer;
  show(examples.find(fits), await login(chosen));
} else {
  show(examples[0], blankHeaders());
}
