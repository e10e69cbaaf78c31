import type { LabService } from '../../lab/lab-service';

export interface ServiceOrder {
  readonly lab: string;
  readonly node: string;
  readonly service: string;
  readonly action: 'start' | 'stop' | 'restart';
}

/** Gives an order to a service under the lab's lock. @throws LabError `busy`, or the failure of the order */
export function orderService(
  labs: Pick<LabService, 'exclusively' | 'service'>,
  { lab, node, service, action }: ServiceOrder,
): Promise<void> {
  return labs.exclusively(lab, `${action} ${service} on ${node}`, () =>
    labs.service(lab, node, service, action),
  );
}
