/** How new versions of modules reach the clients. */
export const updates = {
  'updates.title': 'Updates',
  'updates.text':
    'New versions of modules come to your clients by themselves: to one client in a hundred first, then to one in ten, then to the rest.',
  'updates.who':
    'Whoever runs this server can stop an update for everybody. To keep one client out, open its modules, press Version, and let it stay.',
  'updates.hold': 'Hold updates of all our clients',
  'updates.holdHint':
    'While this is on, no client of yours gets a new version by itself. What is on its way waits for you, and goes on within a minute or so after you let it.',
  'updates.heldSince':
    'Held since {since}. Your clients keep the versions that they have. What is on its way waits for you, and goes on within a minute or so after you let it.',
  'updates.nowHeld': 'Updates are held',
  'updates.nowGoing': 'Updates go on',
  'updates.held': 'Waits for you',
  'updates.heldText': 'You hold it. Clients that wait keep the version that they have until you let updates go on.',
  'updates.none': 'No update is on its way',
  'updates.noneText': 'When a new version of a module goes over your clients, you see here how far it has come.',
  'updates.running': 'On its way',
  'updates.paused': 'Held back',
  'updates.stopped': 'Stopped',
  'updates.aborted': 'Ended early',
  'updates.done': 'Through',
  'updates.when': 'Begun {begun}, last step {moved}',
  'updates.runningText': 'It goes from client to client by itself.',
  'updates.waitingText': 'It has not come to anybody yet.',
  'updates.pausedText':
    'Somebody who runs this server holds it back. Clients that wait keep the version that they have.',
  'updates.stoppedText':
    'It stopped by itself, because it failed for too many clients {cohort}. It goes on only once somebody who runs this server has looked at it. Clients that wait keep the version that they have.',
  'updates.abortedText':
    'Somebody who runs this server ended it, or a newer version took its place. Clients that have it keep it; the others keep what they have.',
  'updates.doneText': 'It has been to all of your clients that take updates.',
  'updates.in.1': 'among the first hundredth',
  'updates.in.2': 'among the next tenth',
  'updates.in.3': 'among the rest',
  'updates.cohort': 'Your clients',
  'updates.cohort.1': 'First, 1 %',
  'updates.cohort.2': 'Then 10 %',
  'updates.cohort.3': 'The rest',
  'updates.all': 'All',
  'updates.isDone': 'Have it',
  'updates.isMigrating': 'Getting it',
  'updates.isPending': 'Wait',
  'updates.isFailed': 'Left out',
  'updates.progress': '{done} of {all} clients have it',
  'updates.failures.one': '{n} client was left out',
  'updates.failures.other': '{n} clients were left out',
  'updates.failuresText': 'They go on with the version that they had.',
  'updates.unknownClient': 'A client that was deleted',
} as const;
