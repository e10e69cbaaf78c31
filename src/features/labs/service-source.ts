import type { LabService } from '../../lab/lab-service';

/**
 * Gives the lab service, made on first use because it loads the Docker client. A failed attempt is not kept, so
 * the next use tries again.
 */
export class ServiceSource {
  private current: Promise<LabService> | undefined;

  constructor(private readonly create: () => Promise<LabService>) {}

  get(): Promise<LabService> {
    if (this.current) return this.current;
    const attempt = this.create();
    this.current = attempt;
    attempt.catch(() => {
      if (this.current === attempt) this.current = undefined;
    });
    return attempt;
  }

  /** Forgets the service, so that the next use makes one with the settings of then. */
  reset(): void {
    this.current = undefined;
  }
}
