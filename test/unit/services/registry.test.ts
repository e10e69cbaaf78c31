import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../../src/cluster/layer';
import { SERVICES, deployedServices, service } from '../../../src/services/registry';
import { SECTIONS } from '../../../src/services/settings';

describe('the registry of services', () => {
  it('holds every folder once', () => {
    const folders = readdirSync('src/services', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'core')
      .map(({ name }) => name);
    expect(SERVICES.map(({ id }) => id).sort()).toEqual(folders.sort());
  });

  it('runs what the image has a part for, and nothing else', () => {
    const parts = readdirSync('lab/services').sort();
    expect(
      deployedServices()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(parts);
    for (const { id, outside, added } of SERVICES.filter(({ deployed }) => deployed)) {
      // What runs outside the nodes has an image of its own.
      const part = `lab/services/${id}/${outside === true ? 'image/' : ''}`;
      expect(existsSync(`${part}rootfs/opt/gitlab/sv/${id}/run`), id).toBe(true);
      const hasImage = existsSync(`lab/services/${id}/image/Dockerfile`);
      // What is added to a node may take its programs from one.
      if (outside === true || added === undefined) expect(hasImage, id).toBe(outside === true);
    }
  });

  it('names layers, ports and pages that exist', () => {
    for (const { id, layer, ports, askedPort, web, entrances = [] } of SERVICES) {
      const names = ports.map(({ name }) => name);
      expect(new Set(names).size, id).toBe(names.length);
      expect(
        LAYERS.map((known) => known.id),
        id,
      ).toContain(layer);
      for (const used of [askedPort, web?.port, ...entrances])
        if (used !== undefined) expect(names, id).toContain(used);
    }
  });

  it('takes programs from images by arguments that the recipe has', () => {
    const recipe = readFileSync('lab/image/Dockerfile', 'utf8');
    const images = SERVICES.flatMap(({ programImage }) => programImage ?? []);
    expect(images.map(({ argument }) => argument)).toEqual(['CONSUL_IMAGE']);
    for (const { argument } of images) expect(recipe).toMatch(new RegExp(`^FROM \\$\\{${argument}\\} `, 'm'));
  });

  it('gives no port of a node to two services', () => {
    // Where clients come in is the virtual address, which has ports of its own.
    const taken = deployedServices().flatMap(({ ports, entrances = [] }) =>
      ports
        .filter(({ name, protocol }) => protocol !== 'vrrp' && !entrances.includes(name))
        .map(({ port }) => port),
    );
    expect(taken).toEqual([...new Set(taken)]);
  });

  it('gives no name to two sections of settings', () => {
    const names = SECTIONS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('starts what others wait for first', () => {
    const order = deployedServices().map(({ id }) => id);
    expect(order.indexOf('consul')).toBeLessThan(order.indexOf('patroni'));
    expect(order.indexOf('patroni')).toBeLessThan(order.indexOf('pgbouncer'));
    expect(order.indexOf('redis')).toBeLessThan(order.indexOf('sentinel'));
  });

  it('refuses an id it does not know', () => {
    expect(() => service('mail' as 'redis')).toThrow(new RangeError('no such service: mail'));
  });
});
