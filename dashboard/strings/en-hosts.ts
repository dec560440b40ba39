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
  'hosts.waitsForTls': 'Waiting for TLS',
  'hosts.withoutTls': 'No TLS',
  'hosts.suspended': 'Suspended: its TXT record is gone',
  'hosts.certificate.front': 'TLS is set up by the server in front when the name is first opened.',
  'hosts.certificate.ready': 'TLS is in place.',
  'hosts.certificate.pending':
    'TLS is being set up. It takes some minutes once the CNAME record is there; this line follows by itself.',
  'hosts.certificate.records':
    'Where the name must not be away for a moment, enter this first and move the name later:',
  'hosts.certificate.failed': 'TLS could not be set up: {reason}',
  'hosts.certificate.waits': 'The last answer was: {reason}',
  'hosts.open': 'Open',
  'hosts.removeTitle': 'Remove {host}?',
  'hosts.removeBody': 'Pages and widgets under this name stop working at once.',
  'hosts.removed': '{host} was removed',
};
