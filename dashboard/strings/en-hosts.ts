/** Texts about a site's own host names, in English. */
export const hosts = {
  'hosts.title': 'Names of your own',
  'hosts.text':
    'Under a name such as book.example.com the widgets come from the client’s own address, and have a page of their own.',
  'hosts.add': 'Add a name',
  'hosts.hint': 'Such as book.example.com',
  'hosts.records': 'Enter these two records where the name is run, then check.',
  'hosts.type': 'Type',
  'hosts.name': 'Name',
  'hosts.value': 'Value',
  'hosts.check': 'Check now',
  'hosts.checking': 'Looking the name up…',
  'hosts.notYet': 'The record is not there yet. A change of records can take an hour to be seen.',
  'hosts.pending': 'Waiting for its records',
  'hosts.verified': 'Leads here',
  'hosts.suspended': 'Suspended: its TXT record is gone',
  'hosts.open': 'Open',
  'hosts.removeTitle': 'Remove {host}?',
  'hosts.removeBody': 'Pages and widgets under this name stop working at once.',
  'hosts.removed': '{host} was removed',
};
