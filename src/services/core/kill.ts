import type { FaultAction } from './fault';

/** SIGKILL to the process that the supervisor runs for a service; it is started again. @param process its name, for people */
export function killed(service: string, process = service): Extract<FaultAction, { on: 'process' }> {
  return {
    on: 'process',
    process,
    service,
    kill: ({ services }) => ['bash', '-c', `sv kill ${services}/${service}`],
  };
}
