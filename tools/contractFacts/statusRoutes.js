"use strict";

/**
 * @typedef {{ repo: string, commit: string, path: string, licence: string, paths: Record<string, Record<string, boolean>> }} StatusEndpoints
 */

/**
 * Every route with the versions that have it, and those in which it takes `$select`.
 * @param {StatusEndpoints} endpoints
 */
function statusRoutes({ repo, commit, path, licence, paths }) {
  const routes = Object.entries(paths).map(([route, versions]) => ({
    path: route,
    versions: Object.keys(versions).sort(),
    select: Object.keys(versions)
      .filter((version) => versions[version])
      .sort(),
  }));
  return {
    source: { repository: repo, path: path.replace(/ \(.*/, ""), commit, licence },
    routes: routes.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

module.exports = { statusRoutes };
