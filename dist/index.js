import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  optimize,
  renderOptimizeSummary
} from "./chunks/chunk-NDY3XANA.js";
import {
  accepted,
  accessTo,
  actionOutputs,
  annotation,
  askShard,
  changedPrompts,
  check,
  checkRunOf,
  codeBlock,
  diffTrees,
  evalSetFor,
  filesOf,
  freshFolder,
  holdYoungGeneration,
  inlineCode,
  iso_exports,
  listPrices,
  makeFolder,
  merge,
  notBegun,
  ofFiles,
  openCache,
  openJournal,
  openModel,
  openRecorder,
  openScratch,
  openShard,
  planText,
  progressTeller,
  promptMatcher,
  readPolicy,
  readShard,
  readTextIfThere,
  realClock,
  renderComment,
  renderLog,
  renderSummary,
  reportJson,
  shardLog,
  shardSummary,
  spendOf,
  stopSignal,
  together,
  writeFiles
} from "./chunks/chunk-MEQNXXL4.js";
import {
  ZodError,
  _enum,
  _instanceof,
  array,
  boolean,
  int,
  json,
  literal,
  number,
  object,
  preprocess,
  record,
  string,
  union,
  unknown
} from "./chunks/chunk-S43IZFKG.js";
import {
  assertReadable,
  decoded,
  notText
} from "./chunks/chunk-PZFMAY7X.js";
import {
  version
} from "./chunks/chunk-W65HOFJJ.js";
import {
  UserError
} from "./chunks/chunk-5GTXJ4BW.js";
import {
  require_light,
  retry
} from "./chunks/chunk-PRUQ4FB3.js";
import {
  core_exports,
  debug,
  error,
  getInput,
  info,
  setFailed,
  setOutput,
  setSecret,
  summary,
  warning
} from "./chunks/chunk-TWG5UC7R.js";
import {
  Octokit,
  RequestError,
  defaults,
  getOctokitOptions,
  getUserAgent,
  paginateRest,
  request,
  restEndpointMethods
} from "./chunks/chunk-5DTQ6CLS.js";
import "./chunks/chunk-OPJONNOR.js";
import {
  __toESM
} from "./chunks/chunk-HANBNIMK.js";

// src/action/check.ts
import { resolve as resolve3 } from "node:path";

// src/edges/actions/progress.ts
var everyMs = 1e4;
function progressLog(clock, tell, log = core_exports) {
  let so;
  let callOff = () => {
  };
  const say = (latest) => log.info(tell(latest, clock.now()));
  const tick = () => {
    if (so !== void 0) say(so);
    callOff = clock.after(everyMs, tick);
  };
  return {
    onProgress: (latest) => {
      if (so === void 0) {
        log.startGroup("Progress");
        callOff = clock.after(everyMs, tick);
      }
      so = latest;
    },
    stop: () => {
      callOff();
      if (so === void 0) return;
      say(so);
      log.endGroup();
      so = void 0;
    }
  };
}

// node_modules/@octokit/plugin-paginate-graphql/dist-bundle/index.js
var generateMessage = (path, cursorValue) => `The cursor at "${path.join(
  ","
)}" did not change its value "${cursorValue}" after a page transition. Please make sure your that your query is set up correctly.`;
var MissingCursorChange = class extends Error {
  constructor(pageInfo, cursorValue) {
    super(generateMessage(pageInfo.pathInQuery, cursorValue));
    this.pageInfo = pageInfo;
    this.cursorValue = cursorValue;
    if (Error.captureStackTrace) {
      Error.captureStackTrace(this, this.constructor);
    }
  }
  name = "MissingCursorChangeError";
};
var MissingPageInfo = class extends Error {
  constructor(response) {
    super(
      `No pageInfo property found in response. Please make sure to specify the pageInfo in your query. Response-Data: ${JSON.stringify(
        response,
        null,
        2
      )}`
    );
    this.response = response;
    if (Error.captureStackTrace) {
      Error.captureStackTrace(this, this.constructor);
    }
  }
  name = "MissingPageInfo";
};
var isObject = (value) => Object.prototype.toString.call(value) === "[object Object]";
function findPaginatedResourcePath(responseData) {
  const paginatedResourcePath = deepFindPathToProperty(
    responseData,
    "pageInfo"
  );
  if (paginatedResourcePath.length === 0) {
    throw new MissingPageInfo(responseData);
  }
  return paginatedResourcePath;
}
var deepFindPathToProperty = (object2, searchProp, path = []) => {
  for (const key of Object.keys(object2)) {
    const currentPath = [...path, key];
    const currentValue = object2[key];
    if (isObject(currentValue)) {
      if (currentValue.hasOwnProperty(searchProp)) {
        return currentPath;
      }
      const result = deepFindPathToProperty(
        currentValue,
        searchProp,
        currentPath
      );
      if (result.length > 0) {
        return result;
      }
    }
  }
  return [];
};
var get = (object2, path) => {
  return path.reduce((current, nextProperty) => current[nextProperty], object2);
};
var set = (object2, path, mutator) => {
  const lastProperty = path[path.length - 1];
  const parentPath = [...path].slice(0, -1);
  const parent = get(object2, parentPath);
  if (typeof mutator === "function") {
    parent[lastProperty] = mutator(parent[lastProperty]);
  } else {
    parent[lastProperty] = mutator;
  }
};
var extractPageInfos = (responseData) => {
  const pageInfoPath = findPaginatedResourcePath(responseData);
  return {
    pathInQuery: pageInfoPath,
    pageInfo: get(responseData, [...pageInfoPath, "pageInfo"])
  };
};
var isForwardSearch = (givenPageInfo) => {
  return givenPageInfo.hasOwnProperty("hasNextPage");
};
var getCursorFrom = (pageInfo) => isForwardSearch(pageInfo) ? pageInfo.endCursor : pageInfo.startCursor;
var hasAnotherPage = (pageInfo) => isForwardSearch(pageInfo) ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
var createIterator = (octokit2) => {
  return (query, initialParameters = {}) => {
    let nextPageExists = true;
    let parameters = { ...initialParameters };
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          if (!nextPageExists) return { done: true, value: {} };
          const response = await octokit2.graphql(
            query,
            parameters
          );
          const pageInfoContext = extractPageInfos(response);
          const nextCursorValue = getCursorFrom(pageInfoContext.pageInfo);
          nextPageExists = hasAnotherPage(pageInfoContext.pageInfo);
          if (nextPageExists && nextCursorValue === parameters.cursor) {
            throw new MissingCursorChange(pageInfoContext, nextCursorValue);
          }
          parameters = {
            ...parameters,
            cursor: nextCursorValue
          };
          return { done: false, value: response };
        }
      })
    };
  };
};
var mergeResponses = (response1, response2) => {
  if (Object.keys(response1).length === 0) {
    return Object.assign(response1, response2);
  }
  const path = findPaginatedResourcePath(response1);
  const nodesPath = [...path, "nodes"];
  const newNodes = get(response2, nodesPath);
  if (newNodes) {
    set(response1, nodesPath, (values) => {
      return [...values, ...newNodes];
    });
  }
  const edgesPath = [...path, "edges"];
  const newEdges = get(response2, edgesPath);
  if (newEdges) {
    set(response1, edgesPath, (values) => {
      return [...values, ...newEdges];
    });
  }
  const pageInfoPath = [...path, "pageInfo"];
  set(response1, pageInfoPath, get(response2, pageInfoPath));
  return response1;
};
var createPaginate = (octokit2) => {
  const iterator2 = createIterator(octokit2);
  return async (query, initialParameters = {}) => {
    let mergedResponse = {};
    for await (const response of iterator2(
      query,
      initialParameters
    )) {
      mergedResponse = mergeResponses(mergedResponse, response);
    }
    return mergedResponse;
  };
};
function paginateGraphQL(octokit2) {
  return {
    graphql: Object.assign(octokit2.graphql, {
      paginate: Object.assign(createPaginate(octokit2), {
        iterator: createIterator(octokit2)
      })
    })
  };
}

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light = __toESM(require_light(), 1);
var VERSION = "0.0.0-development";
var noop = () => Promise.resolve();
function wrapRequest(state, request2, options) {
  return state.retryLimiter.schedule(doRequest, state, request2, options);
}
async function doRequest(state, request2, options) {
  const { pathname } = new URL(options.url, "http://github.test");
  const isAuth = isAuthRequest(options.method, pathname);
  const isWrite = !isAuth && options.method !== "GET" && options.method !== "HEAD";
  const isSearch = options.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request2.retryCount;
  const jobOptions = retryCount > 0 ? { priority: 0, weight: 0 } : {};
  if (state.clustering) {
    jobOptions.expiration = 1e3 * 60;
  }
  if (isWrite || isGraphQL) {
    await state.write.key(state.id).schedule(jobOptions, noop);
  }
  if (isWrite && state.triggersNotification(pathname)) {
    await state.notifications.key(state.id).schedule(jobOptions, noop);
  }
  if (isSearch) {
    await state.search.key(state.id).schedule(jobOptions, noop);
  }
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request2, options);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error2) => error2.type === "RATE_LIMITED")) {
      const error2 = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error2;
    }
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
var triggers_notification_paths_default = [
  "/orgs/{org}/invitations",
  "/orgs/{org}/invitations/{invitation_id}",
  "/orgs/{org}/teams/{team_slug}/discussions",
  "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
  "/repos/{owner}/{repo}/collaborators/{username}",
  "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
  "/repos/{owner}/{repo}/issues",
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
  "/repos/{owner}/{repo}/pulls",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "/repos/{owner}/{repo}/releases",
  "/teams/{team_id}/discussions",
  "/teams/{team_id}/discussions/{discussion_number}/comments"
];
function routeMatcher(paths2) {
  const regexes = paths2.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck, common) {
  groups.global = new Bottleneck.Group({
    id: "octokit-global",
    maxConcurrent: 10,
    ...common
  });
  groups.auth = new Bottleneck.Group({
    id: "octokit-auth",
    maxConcurrent: 1,
    ...common
  });
  groups.search = new Bottleneck.Group({
    id: "octokit-search",
    maxConcurrent: 1,
    minTime: 2e3,
    ...common
  });
  groups.write = new Bottleneck.Group({
    id: "octokit-write",
    maxConcurrent: 1,
    minTime: 1e3,
    ...common
  });
  groups.notifications = new Bottleneck.Group({
    id: "octokit-notifications",
    maxConcurrent: 1,
    minTime: 3e3,
    ...common
  });
};
function throttling(octokit2, octokitOptions) {
  const {
    enabled = true,
    Bottleneck = import_light.default,
    id = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
    return {};
  }
  const common = { timeout };
  if (typeof connection !== "undefined") {
    common.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit !== "function" || typeof state.onRateLimit !== "function") {
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  }
  let initialized = false;
  const initializeBottleneck = () => {
    if (initialized) {
      return;
    }
    initialized = true;
    if (groups.global == null) {
      createGroups(Bottleneck, common);
    }
    state.global = state.global ?? groups.global;
    state.auth = state.auth ?? groups.auth;
    state.search = state.search ?? groups.search;
    state.write = state.write ?? groups.write;
    state.notifications = state.notifications ?? groups.notifications;
    state.retryLimiter = state.retryLimiter ?? new Bottleneck();
    const events = {};
    const emitter = new Bottleneck.Events(events);
    events.on("secondary-limit", state.onSecondaryRateLimit);
    events.on("rate-limit", state.onRateLimit);
    events.on(
      "error",
      (e) => octokit2.log.warn("Error in throttling-plugin limit handler", e)
    );
    state.retryLimiter.on("failed", async function(error2, info2) {
      const [state2, request2, options] = info2.args;
      const { pathname } = new URL(options.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error2.status !== 401;
      if (!(shouldRetryGraphQL || error2.status === 403 || error2.status === 429)) {
        return;
      }
      const retryCount = ~~request2.retryCount;
      request2.retryCount = retryCount;
      options.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error2.message)) {
          const retryAfter2 = Number(error2.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options,
            octokit2,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error2.response.headers != null && error2.response.headers["x-ratelimit-remaining"] === "0" || (error2.response.data?.errors ?? []).some(
          (error22) => error22.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error2.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime();
          const retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          const wantRetry2 = await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options,
            octokit2,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry) {
        request2.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit2.hook.wrap("request", (request2, options) => {
    initializeBottleneck();
    return wrapRequest(state, request2, options);
  });
  return {};
}
throttling.VERSION = VERSION;
throttling.triggersNotification = triggersNotification;

// node_modules/@octokit/oauth-authorization-url/dist-src/index.js
function oauthAuthorizationUrl(options) {
  const clientType = options.clientType || "oauth-app";
  const baseUrl = options.baseUrl || "https://github.com";
  const result = {
    clientType,
    allowSignup: options.allowSignup === false ? false : true,
    clientId: options.clientId,
    login: options.login || null,
    redirectUrl: options.redirectUrl || null,
    state: options.state || Math.random().toString(36).substr(2),
    url: ""
  };
  if (clientType === "oauth-app") {
    const scopes = "scopes" in options ? options.scopes : [];
    result.scopes = typeof scopes === "string" ? scopes.split(/[,\s]+/).filter(Boolean) : scopes;
  }
  result.url = urlBuilderAuthorize(`${baseUrl}/login/oauth/authorize`, result);
  return result;
}
function urlBuilderAuthorize(base, options) {
  const map = {
    allowSignup: "allow_signup",
    clientId: "client_id",
    login: "login",
    redirectUrl: "redirect_uri",
    scopes: "scope",
    state: "state"
  };
  let url = base;
  Object.keys(map).filter((k) => options[k] !== null).filter((k) => {
    if (k !== "scopes") return true;
    if (options.clientType === "github-app") return false;
    return !Array.isArray(options[k]) || options[k].length > 0;
  }).map((key) => [map[key], `${options[key]}`]).forEach(([key, value], index) => {
    url += index === 0 ? `?` : "&";
    url += `${key}=${encodeURIComponent(value)}`;
  });
  return url;
}

// node_modules/@octokit/oauth-methods/dist-bundle/index.js
function requestToOAuthBaseUrl(request2) {
  const endpointDefaults = request2.endpoint.DEFAULTS;
  if (/^https:\/\/(api\.)?github\.com$/.test(endpointDefaults.baseUrl)) {
    return "https://github.com";
  }
  if (/^https:\/\/api\..*\.ghe\.com$/.test(endpointDefaults.baseUrl)) {
    return endpointDefaults.baseUrl.replace("api.", "");
  }
  return endpointDefaults.baseUrl.replace("/api/v3", "");
}
async function oauthRequest(request2, route, parameters) {
  const withOAuthParameters = {
    baseUrl: requestToOAuthBaseUrl(request2),
    headers: {
      accept: "application/json"
    },
    ...parameters
  };
  const response = await request2(route, withOAuthParameters);
  if ("error" in response.data) {
    const error2 = new RequestError(
      `${response.data.error_description} (${response.data.error}, ${response.data.error_uri})`,
      400,
      {
        request: request2.endpoint.merge(
          route,
          withOAuthParameters
        )
      }
    );
    error2.response = response;
    throw error2;
  }
  return response;
}
function getWebFlowAuthorizationUrl({
  request: request2 = request,
  ...options
}) {
  const baseUrl = requestToOAuthBaseUrl(request2);
  return oauthAuthorizationUrl({
    ...options,
    baseUrl
  });
}
async function exchangeWebFlowCode(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      client_secret: options.clientSecret,
      code: options.code,
      redirect_uri: options.redirectUrl
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.access_token,
    scopes: response.data.scope.split(/\s+/).filter(Boolean)
  };
  if (options.clientType === "github-app") {
    if ("refresh_token" in response.data) {
      const apiTimeInMs = new Date(response.headers.date).getTime();
      authentication.refreshToken = response.data.refresh_token, authentication.expiresAt = toTimestamp(
        apiTimeInMs,
        response.data.expires_in
      ), authentication.refreshTokenExpiresAt = toTimestamp(
        apiTimeInMs,
        response.data.refresh_token_expires_in
      );
    }
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
function toTimestamp(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function createDeviceCode(options) {
  const request2 = options.request || request;
  const parameters = {
    client_id: options.clientId
  };
  if ("scopes" in options && Array.isArray(options.scopes)) {
    parameters.scope = options.scopes.join(" ");
  }
  return oauthRequest(request2, "POST /login/device/code", parameters);
}
async function exchangeDeviceCode(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      device_code: options.code,
      grant_type: "urn:ietf:params:oauth:grant-type:device_code"
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    token: response.data.access_token,
    scopes: response.data.scope.split(/\s+/).filter(Boolean)
  };
  if ("clientSecret" in options) {
    authentication.clientSecret = options.clientSecret;
  }
  if (options.clientType === "github-app") {
    if ("refresh_token" in response.data) {
      const apiTimeInMs = new Date(response.headers.date).getTime();
      authentication.refreshToken = response.data.refresh_token, authentication.expiresAt = toTimestamp2(
        apiTimeInMs,
        response.data.expires_in
      ), authentication.refreshTokenExpiresAt = toTimestamp2(
        apiTimeInMs,
        response.data.refresh_token_expires_in
      );
    }
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
function toTimestamp2(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function checkToken(options) {
  const request2 = options.request || request;
  const response = await request2("POST /applications/{client_id}/token", {
    headers: {
      authorization: `basic ${btoa(
        `${options.clientId}:${options.clientSecret}`
      )}`
    },
    client_id: options.clientId,
    access_token: options.token
  });
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: options.token,
    scopes: response.data.scopes
  };
  if (response.data.expires_at)
    authentication.expiresAt = response.data.expires_at;
  if (options.clientType === "github-app") {
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
async function refreshToken(options) {
  const request2 = options.request || request;
  const response = await oauthRequest(
    request2,
    "POST /login/oauth/access_token",
    {
      client_id: options.clientId,
      client_secret: options.clientSecret,
      grant_type: "refresh_token",
      refresh_token: options.refreshToken
    }
  );
  const apiTimeInMs = new Date(response.headers.date).getTime();
  const authentication = {
    clientType: "github-app",
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.access_token,
    refreshToken: response.data.refresh_token,
    expiresAt: toTimestamp3(apiTimeInMs, response.data.expires_in),
    refreshTokenExpiresAt: toTimestamp3(
      apiTimeInMs,
      response.data.refresh_token_expires_in
    )
  };
  return { ...response, authentication };
}
function toTimestamp3(apiTimeInMs, expirationInSeconds) {
  return new Date(apiTimeInMs + expirationInSeconds * 1e3).toISOString();
}
async function scopeToken(options) {
  const {
    request: optionsRequest,
    clientType,
    clientId,
    clientSecret,
    token,
    ...requestOptions
  } = options;
  const request2 = options.request || request;
  const response = await request2(
    "POST /applications/{client_id}/token/scoped",
    {
      headers: {
        authorization: `basic ${btoa(`${clientId}:${clientSecret}`)}`
      },
      client_id: clientId,
      access_token: token,
      ...requestOptions
    }
  );
  const authentication = Object.assign(
    {
      clientType,
      clientId,
      clientSecret,
      token: response.data.token
    },
    response.data.expires_at ? { expiresAt: response.data.expires_at } : {}
  );
  return { ...response, authentication };
}
async function resetToken(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  const response = await request2(
    "PATCH /applications/{client_id}/token",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
  const authentication = {
    clientType: options.clientType,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    token: response.data.token,
    scopes: response.data.scopes
  };
  if (response.data.expires_at)
    authentication.expiresAt = response.data.expires_at;
  if (options.clientType === "github-app") {
    delete authentication.scopes;
  }
  return { ...response, authentication };
}
async function deleteToken(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  return request2(
    "DELETE /applications/{client_id}/token",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
}
async function deleteAuthorization(options) {
  const request2 = options.request || request;
  const auth6 = btoa(`${options.clientId}:${options.clientSecret}`);
  return request2(
    "DELETE /applications/{client_id}/grant",
    {
      headers: {
        authorization: `basic ${auth6}`
      },
      client_id: options.clientId,
      access_token: options.token
    }
  );
}

// node_modules/@octokit/auth-oauth-device/dist-bundle/index.js
async function getOAuthAccessToken(state, options) {
  const cachedAuthentication = getCachedAuthentication(state, options.auth);
  if (cachedAuthentication) return cachedAuthentication;
  const { data: verification } = await createDeviceCode({
    clientType: state.clientType,
    clientId: state.clientId,
    request: options.request || state.request,
    // @ts-expect-error the extra code to make TS happy is not worth it
    scopes: options.auth.scopes || state.scopes
  });
  await state.onVerification(verification);
  const authentication = await waitForAccessToken(
    options.request || state.request,
    state.clientId,
    state.clientType,
    verification
  );
  state.authentication = authentication;
  return authentication;
}
function getCachedAuthentication(state, auth22) {
  if (auth22.refresh === true) return false;
  if (!state.authentication) return false;
  if (state.clientType === "github-app") {
    return state.authentication;
  }
  const authentication = state.authentication;
  const newScope = ("scopes" in auth22 && auth22.scopes || state.scopes).join(
    " "
  );
  const currentScope = authentication.scopes.join(" ");
  return newScope === currentScope ? authentication : false;
}
async function wait(seconds) {
  await new Promise((resolve4) => setTimeout(resolve4, seconds * 1e3));
}
async function waitForAccessToken(request2, clientId, clientType, verification) {
  try {
    const options = {
      clientId,
      request: request2,
      code: verification.device_code
    };
    const { authentication } = clientType === "oauth-app" ? await exchangeDeviceCode({
      ...options,
      clientType: "oauth-app"
    }) : await exchangeDeviceCode({
      ...options,
      clientType: "github-app"
    });
    return {
      type: "token",
      tokenType: "oauth",
      ...authentication
    };
  } catch (error2) {
    if (!error2.response) throw error2;
    const errorType = error2.response.data.error;
    if (errorType === "authorization_pending") {
      await wait(verification.interval);
      return waitForAccessToken(request2, clientId, clientType, verification);
    }
    if (errorType === "slow_down") {
      await wait(verification.interval + 7);
      return waitForAccessToken(request2, clientId, clientType, verification);
    }
    throw error2;
  }
}
async function auth(state, authOptions) {
  return getOAuthAccessToken(state, {
    auth: authOptions
  });
}
async function hook(state, request2, route, parameters) {
  let endpoint = request2.endpoint.merge(
    route,
    parameters
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint.url)) {
    return request2(endpoint);
  }
  const { token } = await getOAuthAccessToken(state, {
    request: request2,
    auth: { type: "oauth" }
  });
  endpoint.headers.authorization = `token ${token}`;
  return request2(endpoint);
}
var VERSION2 = "0.0.0-development";
function createOAuthDeviceAuth(options) {
  const requestWithDefaults = options.request || request.defaults({
    headers: {
      "user-agent": `octokit-auth-oauth-device.js/${VERSION2} ${getUserAgent()}`
    }
  });
  const { request: request2 = requestWithDefaults, ...otherOptions } = options;
  const state = options.clientType === "github-app" ? {
    ...otherOptions,
    clientType: "github-app",
    request: request2
  } : {
    ...otherOptions,
    clientType: "oauth-app",
    request: request2,
    scopes: options.scopes || []
  };
  if (!options.clientId) {
    throw new Error(
      '[@octokit/auth-oauth-device] "clientId" option must be set (https://github.com/octokit/auth-oauth-device.js#usage)'
    );
  }
  if (!options.onVerification) {
    throw new Error(
      '[@octokit/auth-oauth-device] "onVerification" option must be a function (https://github.com/octokit/auth-oauth-device.js#usage)'
    );
  }
  return Object.assign(auth.bind(null, state), {
    hook: hook.bind(null, state)
  });
}

// node_modules/@octokit/auth-oauth-user/dist-bundle/index.js
var VERSION3 = "0.0.0-development";
async function getAuthentication(state) {
  if ("code" in state.strategyOptions) {
    const { authentication } = await exchangeWebFlowCode({
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions,
      request: state.request
    });
    return {
      type: "token",
      tokenType: "oauth",
      ...authentication
    };
  }
  if ("onVerification" in state.strategyOptions) {
    const deviceAuth = createOAuthDeviceAuth({
      clientType: state.clientType,
      clientId: state.clientId,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions,
      request: state.request
    });
    const authentication = await deviceAuth({
      type: "oauth"
    });
    return {
      clientSecret: state.clientSecret,
      ...authentication
    };
  }
  if ("token" in state.strategyOptions) {
    return {
      type: "token",
      tokenType: "oauth",
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      onTokenCreated: state.onTokenCreated,
      ...state.strategyOptions
    };
  }
  throw new Error("[@octokit/auth-oauth-user] Invalid strategy options");
}
async function auth2(state, options = {}) {
  if (!state.authentication) {
    state.authentication = state.clientType === "oauth-app" ? await getAuthentication(state) : await getAuthentication(state);
  }
  if (state.authentication.invalid) {
    throw new Error("[@octokit/auth-oauth-user] Token is invalid");
  }
  const currentAuthentication = state.authentication;
  if ("expiresAt" in currentAuthentication) {
    if (options.type === "refresh" || new Date(currentAuthentication.expiresAt) < /* @__PURE__ */ new Date()) {
      const { authentication } = await refreshToken({
        clientType: "github-app",
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        refreshToken: currentAuthentication.refreshToken,
        request: state.request
      });
      state.authentication = {
        tokenType: "oauth",
        type: "token",
        ...authentication
      };
    }
  }
  if (options.type === "refresh") {
    if (state.clientType === "oauth-app") {
      throw new Error(
        "[@octokit/auth-oauth-user] OAuth Apps do not support expiring tokens"
      );
    }
    if (!currentAuthentication.hasOwnProperty("expiresAt")) {
      throw new Error("[@octokit/auth-oauth-user] Refresh token missing");
    }
    await state.onTokenCreated?.(state.authentication, {
      type: options.type
    });
  }
  if (options.type === "check" || options.type === "reset") {
    const method = options.type === "check" ? checkToken : resetToken;
    try {
      const { authentication } = await method({
        // @ts-expect-error making TS happy would require unnecessary code so no
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: state.authentication.token,
        request: state.request
      });
      state.authentication = {
        tokenType: "oauth",
        type: "token",
        // @ts-expect-error TBD
        ...authentication
      };
      if (options.type === "reset") {
        await state.onTokenCreated?.(state.authentication, {
          type: options.type
        });
      }
      return state.authentication;
    } catch (error2) {
      if (error2.status === 404) {
        error2.message = "[@octokit/auth-oauth-user] Token is invalid";
        state.authentication.invalid = true;
      }
      throw error2;
    }
  }
  if (options.type === "delete" || options.type === "deleteAuthorization") {
    const method = options.type === "delete" ? deleteToken : deleteAuthorization;
    try {
      await method({
        // @ts-expect-error making TS happy would require unnecessary code so no
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: state.authentication.token,
        request: state.request
      });
    } catch (error2) {
      if (error2.status !== 404) throw error2;
    }
    state.authentication.invalid = true;
    return state.authentication;
  }
  return state.authentication;
}
var ROUTES_REQUIRING_BASIC_AUTH = /\/applications\/[^/]+\/(token|grant)s?/;
function requiresBasicAuth(url) {
  return url && ROUTES_REQUIRING_BASIC_AUTH.test(url);
}
async function hook2(state, request2, route, parameters = {}) {
  const endpoint = request2.endpoint.merge(
    route,
    parameters
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint.url)) {
    return request2(endpoint);
  }
  if (requiresBasicAuth(endpoint.url)) {
    const credentials = btoa(`${state.clientId}:${state.clientSecret}`);
    endpoint.headers.authorization = `basic ${credentials}`;
    return request2(endpoint);
  }
  const { token } = state.clientType === "oauth-app" ? await auth2({ ...state, request: request2 }) : await auth2({ ...state, request: request2 });
  endpoint.headers.authorization = "token " + token;
  return request2(endpoint);
}
function createOAuthUserAuth({
  clientId,
  clientSecret,
  clientType = "oauth-app",
  request: request2 = request.defaults({
    headers: {
      "user-agent": `octokit-auth-oauth-app.js/${VERSION3} ${getUserAgent()}`
    }
  }),
  onTokenCreated,
  ...strategyOptions
}) {
  const state = Object.assign({
    clientType,
    clientId,
    clientSecret,
    onTokenCreated,
    strategyOptions,
    request: request2
  });
  return Object.assign(auth2.bind(null, state), {
    // @ts-expect-error not worth the extra code needed to appease TS
    hook: hook2.bind(null, state)
  });
}
createOAuthUserAuth.VERSION = VERSION3;

// node_modules/@octokit/auth-oauth-app/dist-bundle/index.js
async function auth3(state, authOptions) {
  if (authOptions.type === "oauth-app") {
    return {
      type: "oauth-app",
      clientId: state.clientId,
      clientSecret: state.clientSecret,
      clientType: state.clientType,
      headers: {
        authorization: `basic ${btoa(
          `${state.clientId}:${state.clientSecret}`
        )}`
      }
    };
  }
  if ("factory" in authOptions) {
    const { type, ...options } = {
      ...authOptions,
      ...state
    };
    return authOptions.factory(options);
  }
  const common = {
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.request,
    ...authOptions
  };
  const userAuth = state.clientType === "oauth-app" ? await createOAuthUserAuth({
    ...common,
    clientType: state.clientType
  }) : await createOAuthUserAuth({
    ...common,
    clientType: state.clientType
  });
  return userAuth();
}
async function hook3(state, request2, route, parameters) {
  let endpoint = request2.endpoint.merge(
    route,
    parameters
  );
  if (/\/login\/(oauth\/access_token|device\/code)$/.test(endpoint.url)) {
    return request2(endpoint);
  }
  if (state.clientType === "github-app" && !requiresBasicAuth(endpoint.url)) {
    throw new Error(
      `[@octokit/auth-oauth-app] GitHub Apps cannot use their client ID/secret for basic authentication for endpoints other than "/applications/{client_id}/**". "${endpoint.method} ${endpoint.url}" is not supported.`
    );
  }
  const credentials = btoa(`${state.clientId}:${state.clientSecret}`);
  endpoint.headers.authorization = `basic ${credentials}`;
  try {
    return await request2(endpoint);
  } catch (error2) {
    if (error2.status !== 401) throw error2;
    error2.message = `[@octokit/auth-oauth-app] "${endpoint.method} ${endpoint.url}" does not support clientId/clientSecret basic authentication.`;
    throw error2;
  }
}
var VERSION4 = "0.0.0-development";
function createOAuthAppAuth(options) {
  const state = Object.assign(
    {
      request: request.defaults({
        headers: {
          "user-agent": `octokit-auth-oauth-app.js/${VERSION4} ${getUserAgent()}`
        }
      }),
      clientType: "oauth-app"
    },
    options
  );
  return Object.assign(auth3.bind(null, state), {
    hook: hook3.bind(null, state)
  });
}

// node_modules/universal-github-app-jwt/lib/utils.js
function isPkcs1(privateKey) {
  return privateKey.includes("-----BEGIN RSA PRIVATE KEY-----");
}
function isOpenSsh(privateKey) {
  return privateKey.includes("-----BEGIN OPENSSH PRIVATE KEY-----");
}
function string2ArrayBuffer(str) {
  const buf = new ArrayBuffer(str.length);
  const bufView = new Uint8Array(buf);
  for (let i = 0, strLen = str.length; i < strLen; i++) {
    bufView[i] = str.charCodeAt(i);
  }
  return buf;
}
function getDERfromPEM(pem) {
  const pemB64 = pem.trim().split("\n").slice(1, -1).join("");
  const decoded2 = atob(pemB64);
  return string2ArrayBuffer(decoded2);
}
function getEncodedMessage(header, payload) {
  return `${base64encodeJSON(header)}.${base64encodeJSON(payload)}`;
}
function base64encode(buffer) {
  var binary = "";
  var bytes = new Uint8Array(buffer);
  var len = bytes.byteLength;
  for (var i = 0; i < len; i++) {
    binary += String.fromCharCode(bytes[i]);
  }
  return fromBase64(btoa(binary));
}
function fromBase64(base64) {
  return base64.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
}
function base64encodeJSON(obj) {
  return fromBase64(btoa(JSON.stringify(obj)));
}

// node_modules/universal-github-app-jwt/lib/crypto-node.js
import { subtle } from "node:crypto";
import { createPrivateKey } from "node:crypto";
function convertPrivateKey(privateKey) {
  if (!isPkcs1(privateKey)) return privateKey;
  return createPrivateKey(privateKey).export({
    type: "pkcs8",
    format: "pem"
  });
}

// node_modules/universal-github-app-jwt/lib/get-token.js
async function getToken({ privateKey, payload }) {
  const convertedPrivateKey = convertPrivateKey(privateKey);
  if (isPkcs1(convertedPrivateKey)) {
    throw new Error(
      "[universal-github-app-jwt] Private Key is in PKCS#1 format, but only PKCS#8 is supported. See https://github.com/gr2m/universal-github-app-jwt#private-key-formats"
    );
  }
  if (isOpenSsh(convertedPrivateKey)) {
    throw new Error(
      "[universal-github-app-jwt] Private Key is in OpenSSH format, but only PKCS#8 is supported. See https://github.com/gr2m/universal-github-app-jwt#private-key-formats"
    );
  }
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: { name: "SHA-256" }
  };
  const header = { alg: "RS256", typ: "JWT" };
  const privateKeyDER = getDERfromPEM(convertedPrivateKey);
  const importedKey = await subtle.importKey(
    "pkcs8",
    privateKeyDER,
    algorithm,
    false,
    ["sign"]
  );
  const encodedMessage = getEncodedMessage(header, payload);
  const encodedMessageArrBuf = string2ArrayBuffer(encodedMessage);
  const signatureArrBuf = await subtle.sign(
    algorithm.name,
    importedKey,
    encodedMessageArrBuf
  );
  const encodedSignature = base64encode(signatureArrBuf);
  return `${encodedMessage}.${encodedSignature}`;
}

// node_modules/universal-github-app-jwt/index.js
async function githubAppJwt({
  id,
  privateKey,
  now = Math.floor(Date.now() / 1e3)
}) {
  const privateKeyWithNewlines = privateKey.replace(/\\n/g, "\n");
  const nowWithSafetyMargin = now - 30;
  const expiration = nowWithSafetyMargin + 60 * 10;
  const payload = {
    iat: nowWithSafetyMargin,
    // Issued at time
    exp: expiration,
    iss: id
  };
  const token = await getToken({
    privateKey: privateKeyWithNewlines,
    payload
  });
  return {
    appId: id,
    expiration,
    token
  };
}

// node_modules/toad-cache/dist/toad-cache.mjs
function validateCacheParams(max, ttlInMsecs) {
  if (typeof max !== "number" || !Number.isInteger(max) || max < 0) {
    throw new Error("Invalid max value");
  }
  if (typeof ttlInMsecs !== "number" || !Number.isInteger(ttlInMsecs) || ttlInMsecs < 0) {
    throw new Error("Invalid ttl value");
  }
}
var LruObject = class {
  constructor(max = 1e3, ttlInMsecs = 0) {
    validateCacheParams(max, ttlInMsecs);
    this.first = null;
    this.items = /* @__PURE__ */ Object.create(null);
    this.last = null;
    this.size = 0;
    this.max = max;
    this.ttl = ttlInMsecs;
  }
  bumpLru(item) {
    if (this.last === item) {
      return;
    }
    const last = this.last;
    const next = item.next;
    const prev = item.prev;
    if (this.first === item) {
      this.first = next;
    }
    item.next = null;
    item.prev = last;
    last.next = item;
    if (prev !== null) {
      prev.next = next;
    }
    if (next !== null) {
      next.prev = prev;
    }
    this.last = item;
  }
  clear() {
    this.items = /* @__PURE__ */ Object.create(null);
    this.first = null;
    this.last = null;
    this.size = 0;
  }
  delete(key) {
    const item = this.items[key];
    if (item !== void 0) {
      delete this.items[key];
      this.size--;
      if (item.prev !== null) {
        item.prev.next = item.next;
      }
      if (item.next !== null) {
        item.next.prev = item.prev;
      }
      if (this.first === item) {
        this.first = item.next;
      }
      if (this.last === item) {
        this.last = item.prev;
      }
    }
  }
  deleteMany(keys) {
    for (var i = 0; i < keys.length; i++) {
      this.delete(keys[i]);
    }
  }
  evict() {
    if (this.size > 0) {
      const item = this.first;
      delete this.items[item.key];
      if (--this.size === 0) {
        this.first = null;
        this.last = null;
      } else {
        this.first = item.next;
        this.first.prev = null;
      }
    }
  }
  expiresAt(key) {
    const item = this.items[key];
    if (item !== void 0) {
      return item.expiry;
    }
  }
  get(key) {
    const item = this.items[key];
    if (item !== void 0) {
      if (this.ttl > 0 && item.expiry <= Date.now()) {
        this.delete(key);
        return;
      }
      this.bumpLru(item);
      return item.value;
    }
  }
  getMany(keys) {
    const result = new Array(keys.length);
    for (var i = 0; i < keys.length; i++) {
      result[i] = this.get(keys[i]);
    }
    return result;
  }
  keys() {
    return Object.keys(this.items);
  }
  set(key, value) {
    const existing = this.items[key];
    if (existing !== void 0) {
      existing.value = value;
      existing.expiry = this.ttl > 0 ? Date.now() + this.ttl : this.ttl;
      this.bumpLru(existing);
      return;
    }
    if (this.max > 0 && this.size >= this.max) {
      this.evict();
    }
    const item = {
      expiry: this.ttl > 0 ? Date.now() + this.ttl : this.ttl,
      key,
      prev: this.last,
      next: null,
      value
    };
    this.items[key] = item;
    if (++this.size === 1) {
      this.first = item;
    } else {
      this.last.next = item;
    }
    this.last = item;
  }
};

// node_modules/@octokit/auth-app/dist-node/index.js
async function getAppAuthentication({
  appId,
  privateKey,
  timeDifference,
  createJwt
}) {
  try {
    if (createJwt) {
      const { jwt, expiresAt } = await createJwt(appId, timeDifference);
      return {
        type: "app",
        token: jwt,
        appId,
        expiresAt
      };
    }
    const authOptions = {
      id: appId,
      privateKey
    };
    if (timeDifference) {
      Object.assign(authOptions, {
        now: Math.floor(Date.now() / 1e3) + timeDifference
      });
    }
    const appAuthentication = await githubAppJwt(authOptions);
    return {
      type: "app",
      token: appAuthentication.token,
      appId: appAuthentication.appId,
      expiresAt: new Date(appAuthentication.expiration * 1e3).toISOString()
    };
  } catch (error2) {
    if (privateKey === "-----BEGIN RSA PRIVATE KEY-----") {
      throw new Error(
        "The 'privateKey` option contains only the first line '-----BEGIN RSA PRIVATE KEY-----'. If you are setting it using a `.env` file, make sure it is set on a single line with newlines replaced by '\n'"
      );
    } else {
      throw error2;
    }
  }
}
function getCache() {
  return new LruObject(
    // cache max. 15000 tokens, that will use less than 10mb memory
    15e3,
    // Cache for 1 minute less than GitHub expiry
    1e3 * 60 * 59
  );
}
async function get2(cache, options) {
  const cacheKey = optionsToCacheKey(options);
  const result = await cache.get(cacheKey);
  if (!result) {
    return;
  }
  const [
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissionsString,
    singleFileName
  ] = result.split("|");
  const permissions = options.permissions || permissionsString.split(/,/).reduce((permissions2, string2) => {
    if (/!$/.test(string2)) {
      permissions2[string2.slice(0, -1)] = "write";
    } else {
      permissions2[string2] = "read";
    }
    return permissions2;
  }, {});
  return {
    token,
    createdAt,
    expiresAt,
    permissions,
    repositoryIds: options.repositoryIds,
    repositoryNames: options.repositoryNames,
    singleFileName,
    repositorySelection
  };
}
async function set2(cache, options, data) {
  const key = optionsToCacheKey(options);
  const permissionsString = options.permissions ? "" : Object.keys(data.permissions).map(
    (name) => `${name}${data.permissions[name] === "write" ? "!" : ""}`
  ).join(",");
  const value = [
    data.token,
    data.createdAt,
    data.expiresAt,
    data.repositorySelection,
    permissionsString,
    data.singleFileName
  ].join("|");
  await cache.set(key, value);
}
function optionsToCacheKey({
  installationId,
  permissions = {},
  repositoryIds = [],
  repositoryNames = []
}) {
  const permissionsString = Object.keys(permissions).sort().map((name) => permissions[name] === "read" ? name : `${name}!`).join(",");
  const repositoryIdsString = repositoryIds.sort().join(",");
  const repositoryNamesString = repositoryNames.join(",");
  return [
    installationId,
    repositoryIdsString,
    repositoryNamesString,
    permissionsString
  ].filter(Boolean).join("|");
}
function toTokenAuthentication({
  installationId,
  token,
  createdAt,
  expiresAt,
  repositorySelection,
  permissions,
  repositoryIds,
  repositoryNames,
  singleFileName
}) {
  return Object.assign(
    {
      type: "token",
      tokenType: "installation",
      token,
      installationId,
      permissions,
      createdAt,
      expiresAt,
      repositorySelection
    },
    repositoryIds ? { repositoryIds } : null,
    repositoryNames ? { repositoryNames } : null,
    singleFileName ? { singleFileName } : null
  );
}
async function getInstallationAuthentication(state, options, customRequest) {
  const installationId = Number(options.installationId || state.installationId);
  if (!installationId) {
    throw new Error(
      "[@octokit/auth-app] installationId option is required for installation authentication."
    );
  }
  if (options.factory) {
    const { type, factory, oauthApp, ...factoryAuthOptions } = {
      ...state,
      ...options
    };
    return factory(factoryAuthOptions);
  }
  const request2 = customRequest || state.request;
  return getInstallationAuthenticationConcurrently(
    state,
    { ...options, installationId },
    request2
  );
}
var pendingPromises = /* @__PURE__ */ new Map();
function getInstallationAuthenticationConcurrently(state, options, request2) {
  const cacheKey = optionsToCacheKey(options);
  if (pendingPromises.has(cacheKey)) {
    return pendingPromises.get(cacheKey);
  }
  const promise = getInstallationAuthenticationImpl(
    state,
    options,
    request2
  ).finally(() => pendingPromises.delete(cacheKey));
  pendingPromises.set(cacheKey, promise);
  return promise;
}
async function getInstallationAuthenticationImpl(state, options, request2) {
  if (!options.refresh) {
    const result = await get2(state.cache, options);
    if (result) {
      const {
        token: token2,
        createdAt: createdAt2,
        expiresAt: expiresAt2,
        permissions: permissions2,
        repositoryIds: repositoryIds2,
        repositoryNames: repositoryNames2,
        singleFileName: singleFileName2,
        repositorySelection: repositorySelection2
      } = result;
      return toTokenAuthentication({
        installationId: options.installationId,
        token: token2,
        createdAt: createdAt2,
        expiresAt: expiresAt2,
        permissions: permissions2,
        repositorySelection: repositorySelection2,
        repositoryIds: repositoryIds2,
        repositoryNames: repositoryNames2,
        singleFileName: singleFileName2
      });
    }
  }
  const appAuthentication = await getAppAuthentication(state);
  const payload = {
    installation_id: options.installationId,
    mediaType: {
      previews: ["machine-man"]
    },
    headers: {
      authorization: `bearer ${appAuthentication.token}`
    }
  };
  if (options.repositoryIds) {
    Object.assign(payload, { repository_ids: options.repositoryIds });
  }
  if (options.repositoryNames) {
    Object.assign(payload, {
      repositories: options.repositoryNames
    });
  }
  if (options.permissions) {
    Object.assign(payload, { permissions: options.permissions });
  }
  const {
    data: {
      token,
      expires_at: expiresAt,
      repositories,
      permissions: permissionsOptional,
      repository_selection: repositorySelectionOptional,
      single_file: singleFileName
    }
  } = await request2(
    "POST /app/installations/{installation_id}/access_tokens",
    payload
  );
  const permissions = permissionsOptional || {};
  const repositorySelection = repositorySelectionOptional || "all";
  const repositoryIds = repositories ? repositories.map((r) => r.id) : void 0;
  const repositoryNames = repositories ? repositories.map((repo) => repo.name) : void 0;
  const createdAt = (/* @__PURE__ */ new Date()).toISOString();
  const cacheOptions = {
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissions,
    repositoryIds,
    repositoryNames
  };
  if (singleFileName) {
    Object.assign(payload, { singleFileName });
  }
  await set2(state.cache, options, cacheOptions);
  const cacheData = {
    installationId: options.installationId,
    token,
    createdAt,
    expiresAt,
    repositorySelection,
    permissions,
    repositoryIds,
    repositoryNames
  };
  if (singleFileName) {
    Object.assign(cacheData, { singleFileName });
  }
  return toTokenAuthentication(cacheData);
}
async function auth4(state, authOptions) {
  switch (authOptions.type) {
    case "app":
      return getAppAuthentication(state);
    case "oauth-app":
      return state.oauthApp({ type: "oauth-app" });
    case "installation":
      authOptions;
      return getInstallationAuthentication(state, {
        ...authOptions,
        type: "installation"
      });
    case "oauth-user":
      return state.oauthApp(authOptions);
    default:
      throw new Error(`Invalid auth type: ${authOptions.type}`);
  }
}
var PATHS = [
  "/app",
  "/app/hook/config",
  "/app/hook/deliveries",
  "/app/hook/deliveries/{delivery_id}",
  "/app/hook/deliveries/{delivery_id}/attempts",
  "/app/installations",
  "/app/installations/{installation_id}",
  "/app/installations/{installation_id}/access_tokens",
  "/app/installations/{installation_id}/suspended",
  "/app/installation-requests",
  "/marketplace_listing/accounts/{account_id}",
  "/marketplace_listing/plan",
  "/marketplace_listing/plans",
  "/marketplace_listing/plans/{plan_id}/accounts",
  "/marketplace_listing/stubbed/accounts/{account_id}",
  "/marketplace_listing/stubbed/plan",
  "/marketplace_listing/stubbed/plans",
  "/marketplace_listing/stubbed/plans/{plan_id}/accounts",
  "/orgs/{org}/installation",
  "/repos/{owner}/{repo}/installation",
  "/users/{username}/installation",
  "/enterprises/{enterprise}/installation"
];
function routeMatcher2(paths2) {
  const regexes = paths2.map(
    (p) => p.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})$`;
  return new RegExp(regex2, "i");
}
var REGEX = routeMatcher2(PATHS);
function requiresAppAuth(url) {
  return !!url && REGEX.test(url.split("?")[0]);
}
var FIVE_SECONDS_IN_MS = 5 * 1e3;
function isNotTimeSkewError(error2) {
  return !(error2.message.match(
    /'Expiration time' claim \('exp'\) is too far in the future/
  ) || error2.message.match(
    /'Expiration time' claim \('exp'\) must be a numeric value representing the future time at which the assertion expires/
  ) || error2.message.match(
    /'Issued at' claim \('iat'\) must be an Integer representing the time that the assertion was issued/
  ));
}
async function hook4(state, request2, route, parameters) {
  const endpoint = request2.endpoint.merge(route, parameters);
  const url = endpoint.url;
  if (/\/login\/oauth\/access_token$/.test(url)) {
    return request2(endpoint);
  }
  if (requiresAppAuth(url.replace(request2.endpoint.DEFAULTS.baseUrl, ""))) {
    const { token: token2 } = await getAppAuthentication(state);
    endpoint.headers.authorization = `bearer ${token2}`;
    let response;
    try {
      response = await request2(endpoint);
    } catch (error2) {
      if (isNotTimeSkewError(error2)) {
        throw error2;
      }
      if (typeof error2.response.headers.date === "undefined") {
        throw error2;
      }
      const diff = Math.floor(
        (Date.parse(error2.response.headers.date) - Date.parse((/* @__PURE__ */ new Date()).toString())) / 1e3
      );
      state.log.warn(error2.message);
      state.log.warn(
        `[@octokit/auth-app] GitHub API time and system time are different by ${diff} seconds. Retrying request with the difference accounted for.`
      );
      const { token: token3 } = await getAppAuthentication({
        ...state,
        timeDifference: diff
      });
      endpoint.headers.authorization = `bearer ${token3}`;
      return request2(endpoint);
    }
    return response;
  }
  if (requiresBasicAuth(url)) {
    const authentication = await state.oauthApp({ type: "oauth-app" });
    endpoint.headers.authorization = authentication.headers.authorization;
    return request2(endpoint);
  }
  const { token, createdAt } = await getInstallationAuthentication(
    state,
    // @ts-expect-error TBD
    {},
    request2.defaults({ baseUrl: endpoint.baseUrl })
  );
  endpoint.headers.authorization = `token ${token}`;
  return sendRequestWithRetries(
    state,
    request2,
    endpoint,
    createdAt
  );
}
async function sendRequestWithRetries(state, request2, options, createdAt, retries = 0) {
  const timeSinceTokenCreationInMs = +/* @__PURE__ */ new Date() - +new Date(createdAt);
  try {
    return await request2(options);
  } catch (error2) {
    if (error2.status !== 401) {
      throw error2;
    }
    if (timeSinceTokenCreationInMs >= FIVE_SECONDS_IN_MS) {
      if (retries > 0) {
        error2.message = `After ${retries} retries within ${timeSinceTokenCreationInMs / 1e3}s of creating the installation access token, the response remains 401. At this point, the cause may be an authentication problem or a system outage. Please check https://www.githubstatus.com for status information`;
      }
      throw error2;
    }
    ++retries;
    const awaitTime = retries * 1e3;
    state.log.warn(
      `[@octokit/auth-app] Retrying after 401 response to account for token replication delay (retry: ${retries}, wait: ${awaitTime / 1e3}s)`
    );
    await new Promise((resolve4) => setTimeout(resolve4, awaitTime));
    return sendRequestWithRetries(state, request2, options, createdAt, retries);
  }
}
var VERSION5 = "8.3.1";
function createAppAuth(options) {
  if (!options.appId) {
    throw new Error("[@octokit/auth-app] appId option is required");
  }
  if (!options.privateKey && !options.createJwt) {
    throw new Error("[@octokit/auth-app] privateKey option is required");
  } else if (options.privateKey && options.createJwt) {
    throw new Error(
      "[@octokit/auth-app] privateKey and createJwt options are mutually exclusive"
    );
  }
  if ("installationId" in options && !options.installationId) {
    throw new Error(
      "[@octokit/auth-app] installationId is set to a falsy value"
    );
  }
  const log = options.log || {};
  if (typeof log.warn !== "function") {
    log.warn = console.warn.bind(console);
  }
  const request2 = options.request || request.defaults({
    headers: {
      "user-agent": `octokit-auth-app.js/${VERSION5} ${getUserAgent()}`
    }
  });
  const state = Object.assign(
    {
      request: request2,
      cache: getCache()
    },
    options,
    options.installationId ? { installationId: Number(options.installationId) } : {},
    {
      log,
      oauthApp: createOAuthAppAuth({
        clientType: "github-app",
        clientId: options.clientId || "",
        clientSecret: options.clientSecret || "",
        request: request2
      })
    }
  );
  return Object.assign(auth4.bind(null, state), {
    hook: hook4.bind(null, state)
  });
}

// node_modules/@octokit/auth-unauthenticated/dist-node/index.js
async function auth5(reason) {
  return {
    type: "unauthenticated",
    reason
  };
}
function isRateLimitError(error2) {
  if (error2.status !== 403) {
    return false;
  }
  if (!error2.response) {
    return false;
  }
  return error2.response.headers["x-ratelimit-remaining"] === "0";
}
var REGEX_ABUSE_LIMIT_MESSAGE = /\babuse\b/i;
function isAbuseLimitError(error2) {
  if (error2.status !== 403) {
    return false;
  }
  return REGEX_ABUSE_LIMIT_MESSAGE.test(error2.message);
}
async function hook5(reason, request2, route, parameters) {
  const endpoint = request2.endpoint.merge(
    route,
    parameters
  );
  return request2(endpoint).catch((error2) => {
    if (error2.status === 404) {
      error2.message = `Not found. May be due to lack of authentication. Reason: ${reason}`;
      throw error2;
    }
    if (isRateLimitError(error2)) {
      error2.message = `API rate limit exceeded. This maybe caused by the lack of authentication. Reason: ${reason}`;
      throw error2;
    }
    if (isAbuseLimitError(error2)) {
      error2.message = `You have triggered an abuse detection mechanism. This maybe caused by the lack of authentication. Reason: ${reason}`;
      throw error2;
    }
    if (error2.status === 401) {
      error2.message = `Unauthorized. "${endpoint.method} ${endpoint.url}" failed most likely due to lack of authentication. Reason: ${reason}`;
      throw error2;
    }
    if (error2.status >= 400 && error2.status < 500) {
      error2.message = error2.message.replace(
        /\.?$/,
        `. May be caused by lack of authentication (${reason}).`
      );
    }
    throw error2;
  });
}
var createUnauthenticatedAuth = function createUnauthenticatedAuth2(options) {
  if (!options || !options.reason) {
    throw new Error(
      "[@octokit/auth-unauthenticated] No reason passed to createUnauthenticatedAuth"
    );
  }
  return Object.assign(auth5.bind(null, options.reason), {
    hook: hook5.bind(null, options.reason)
  });
};

// node_modules/@octokit/oauth-app/dist-node/index.js
var VERSION6 = "8.0.4";
function addEventHandler(state, eventName, eventHandler) {
  if (Array.isArray(eventName)) {
    for (const singleEventName of eventName) {
      addEventHandler(state, singleEventName, eventHandler);
    }
    return;
  }
  if (!state.eventHandlers[eventName]) {
    state.eventHandlers[eventName] = [];
  }
  state.eventHandlers[eventName].push(eventHandler);
}
var OAuthAppOctokit = Octokit.defaults({
  userAgent: `octokit-oauth-app.js/${VERSION6} ${getUserAgent()}`
});
async function emitEvent(state, context) {
  const { name, action } = context;
  if (state.eventHandlers[`${name}.${action}`]) {
    for (const eventHandler of state.eventHandlers[`${name}.${action}`]) {
      await eventHandler(context);
    }
  }
  if (state.eventHandlers[name]) {
    for (const eventHandler of state.eventHandlers[name]) {
      await eventHandler(context);
    }
  }
}
async function getUserOctokitWithState(state, options) {
  return state.octokit.auth({
    type: "oauth-user",
    ...options,
    async factory(options2) {
      const octokit2 = new state.Octokit({
        authStrategy: createOAuthUserAuth,
        auth: options2
      });
      const authentication = await octokit2.auth({
        type: "get"
      });
      await emitEvent(state, {
        name: "token",
        action: "created",
        token: authentication.token,
        scopes: authentication.scopes,
        authentication,
        octokit: octokit2
      });
      return octokit2;
    }
  });
}
function getWebFlowAuthorizationUrlWithState(state, options) {
  const optionsWithDefaults = {
    clientId: state.clientId,
    request: state.octokit.request,
    ...options,
    allowSignup: state.allowSignup ?? options.allowSignup,
    redirectUrl: options.redirectUrl ?? state.redirectUrl,
    scopes: options.scopes ?? state.defaultScopes
  };
  return getWebFlowAuthorizationUrl({
    clientType: state.clientType,
    ...optionsWithDefaults
  });
}
async function createTokenWithState(state, options) {
  const authentication = await state.octokit.auth({
    type: "oauth-user",
    ...options
  });
  await emitEvent(state, {
    name: "token",
    action: "created",
    token: authentication.token,
    scopes: authentication.scopes,
    authentication,
    octokit: new state.Octokit({
      authStrategy: createOAuthUserAuth,
      auth: {
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: authentication.token,
        scopes: authentication.scopes,
        refreshToken: authentication.refreshToken,
        expiresAt: authentication.expiresAt,
        refreshTokenExpiresAt: authentication.refreshTokenExpiresAt
      }
    })
  });
  return { authentication };
}
async function checkTokenWithState(state, options) {
  const result = await checkToken({
    // @ts-expect-error not worth the extra code to appease TS
    clientType: state.clientType,
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    ...options
  });
  Object.assign(result.authentication, { type: "token", tokenType: "oauth" });
  return result;
}
async function resetTokenWithState(state, options) {
  const optionsWithDefaults = {
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    ...options
  };
  if (state.clientType === "oauth-app") {
    const response2 = await resetToken({
      clientType: "oauth-app",
      ...optionsWithDefaults
    });
    const authentication2 = Object.assign(response2.authentication, {
      type: "token",
      tokenType: "oauth"
    });
    await emitEvent(state, {
      name: "token",
      action: "reset",
      token: response2.authentication.token,
      scopes: response2.authentication.scopes || void 0,
      authentication: authentication2,
      octokit: new state.Octokit({
        authStrategy: createOAuthUserAuth,
        auth: {
          clientType: state.clientType,
          clientId: state.clientId,
          clientSecret: state.clientSecret,
          token: response2.authentication.token,
          scopes: response2.authentication.scopes
        }
      })
    });
    return { ...response2, authentication: authentication2 };
  }
  const response = await resetToken({
    clientType: "github-app",
    ...optionsWithDefaults
  });
  const authentication = Object.assign(response.authentication, {
    type: "token",
    tokenType: "oauth"
  });
  await emitEvent(state, {
    name: "token",
    action: "reset",
    token: response.authentication.token,
    authentication,
    octokit: new state.Octokit({
      authStrategy: createOAuthUserAuth,
      auth: {
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: response.authentication.token
      }
    })
  });
  return { ...response, authentication };
}
async function refreshTokenWithState(state, options) {
  if (state.clientType === "oauth-app") {
    throw new Error(
      "[@octokit/oauth-app] app.refreshToken() is not supported for OAuth Apps"
    );
  }
  const response = await refreshToken({
    clientType: "github-app",
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    refreshToken: options.refreshToken
  });
  const authentication = Object.assign(response.authentication, {
    type: "token",
    tokenType: "oauth"
  });
  await emitEvent(state, {
    name: "token",
    action: "refreshed",
    token: response.authentication.token,
    authentication,
    octokit: new state.Octokit({
      authStrategy: createOAuthUserAuth,
      auth: {
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: response.authentication.token
      }
    })
  });
  return { ...response, authentication };
}
async function scopeTokenWithState(state, options) {
  if (state.clientType === "oauth-app") {
    throw new Error(
      "[@octokit/oauth-app] app.scopeToken() is not supported for OAuth Apps"
    );
  }
  const response = await scopeToken({
    clientType: "github-app",
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    ...options
  });
  const authentication = Object.assign(response.authentication, {
    type: "token",
    tokenType: "oauth"
  });
  await emitEvent(state, {
    name: "token",
    action: "scoped",
    token: response.authentication.token,
    authentication,
    octokit: new state.Octokit({
      authStrategy: createOAuthUserAuth,
      auth: {
        clientType: state.clientType,
        clientId: state.clientId,
        clientSecret: state.clientSecret,
        token: response.authentication.token
      }
    })
  });
  return { ...response, authentication };
}
async function deleteTokenWithState(state, options) {
  const optionsWithDefaults = {
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    ...options
  };
  const response = state.clientType === "oauth-app" ? await deleteToken({
    clientType: "oauth-app",
    ...optionsWithDefaults
  }) : (
    /* v8 ignore next 4 */
    await deleteToken({
      clientType: "github-app",
      ...optionsWithDefaults
    })
  );
  await emitEvent(state, {
    name: "token",
    action: "deleted",
    token: options.token,
    octokit: new state.Octokit({
      authStrategy: createUnauthenticatedAuth,
      auth: {
        reason: `Handling "token.deleted" event. The access for the token has been revoked.`
      }
    })
  });
  return response;
}
async function deleteAuthorizationWithState(state, options) {
  const optionsWithDefaults = {
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    request: state.octokit.request,
    ...options
  };
  const response = state.clientType === "oauth-app" ? await deleteAuthorization({
    clientType: "oauth-app",
    ...optionsWithDefaults
  }) : (
    /* v8 ignore next 4 */
    await deleteAuthorization({
      clientType: "github-app",
      ...optionsWithDefaults
    })
  );
  await emitEvent(state, {
    name: "token",
    action: "deleted",
    token: options.token,
    octokit: new state.Octokit({
      authStrategy: createUnauthenticatedAuth,
      auth: {
        reason: `Handling "token.deleted" event. The access for the token has been revoked.`
      }
    })
  });
  await emitEvent(state, {
    name: "authorization",
    action: "deleted",
    token: options.token,
    octokit: new state.Octokit({
      authStrategy: createUnauthenticatedAuth,
      auth: {
        reason: `Handling "authorization.deleted" event. The access for the app has been revoked.`
      }
    })
  });
  return response;
}
var OAuthApp = class {
  static VERSION = VERSION6;
  static defaults(defaults2) {
    const OAuthAppWithDefaults = class extends this {
      constructor(...args) {
        super({
          ...defaults2,
          ...args[0]
        });
      }
    };
    return OAuthAppWithDefaults;
  }
  constructor(options) {
    const Octokit22 = options.Octokit || OAuthAppOctokit;
    this.type = options.clientType || "oauth-app";
    const octokit2 = new Octokit22({
      authStrategy: createOAuthAppAuth,
      auth: {
        clientType: this.type,
        clientId: options.clientId,
        clientSecret: options.clientSecret
      }
    });
    const state = {
      clientType: this.type,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      // @ts-expect-error defaultScopes not permitted for GitHub Apps
      defaultScopes: options.defaultScopes || [],
      allowSignup: options.allowSignup,
      baseUrl: options.baseUrl,
      redirectUrl: options.redirectUrl,
      log: options.log,
      Octokit: Octokit22,
      octokit: octokit2,
      eventHandlers: {}
    };
    this.on = addEventHandler.bind(null, state);
    this.octokit = octokit2;
    this.getUserOctokit = getUserOctokitWithState.bind(
      null,
      state
    );
    this.getWebFlowAuthorizationUrl = getWebFlowAuthorizationUrlWithState.bind(
      null,
      state
    );
    this.createToken = createTokenWithState.bind(
      null,
      state
    );
    this.checkToken = checkTokenWithState.bind(
      null,
      state
    );
    this.resetToken = resetTokenWithState.bind(
      null,
      state
    );
    this.refreshToken = refreshTokenWithState.bind(
      null,
      state
    );
    this.scopeToken = scopeTokenWithState.bind(
      null,
      state
    );
    this.deleteToken = deleteTokenWithState.bind(null, state);
    this.deleteAuthorization = deleteAuthorizationWithState.bind(null, state);
  }
  // assigned during constructor
  type;
  on;
  octokit;
  getUserOctokit;
  getWebFlowAuthorizationUrl;
  createToken;
  checkToken;
  resetToken;
  refreshToken;
  scopeToken;
  deleteToken;
  deleteAuthorization;
};

// node_modules/@octokit/webhooks-methods/dist-node/index.js
import { createHmac } from "node:crypto";
import { timingSafeEqual } from "node:crypto";
import { Buffer as Buffer2 } from "node:buffer";
var VERSION7 = "6.0.0";
async function sign(secret2, payload) {
  if (!secret2 || !payload) {
    throw new TypeError(
      "[@octokit/webhooks-methods] secret & payload required for sign()"
    );
  }
  if (typeof payload !== "string") {
    throw new TypeError("[@octokit/webhooks-methods] payload must be a string");
  }
  const algorithm = "sha256";
  return `${algorithm}=${createHmac(algorithm, secret2).update(payload).digest("hex")}`;
}
sign.VERSION = VERSION7;
async function verify(secret2, eventPayload, signature2) {
  if (!secret2 || !eventPayload || !signature2) {
    throw new TypeError(
      "[@octokit/webhooks-methods] secret, eventPayload & signature required"
    );
  }
  if (typeof eventPayload !== "string") {
    throw new TypeError(
      "[@octokit/webhooks-methods] eventPayload must be a string"
    );
  }
  const signatureBuffer = Buffer2.from(signature2);
  const verificationBuffer = Buffer2.from(await sign(secret2, eventPayload));
  if (signatureBuffer.length !== verificationBuffer.length) {
    return false;
  }
  return timingSafeEqual(signatureBuffer, verificationBuffer);
}
verify.VERSION = VERSION7;
async function verifyWithFallback(secret2, payload, signature2, additionalSecrets) {
  const firstPass = await verify(secret2, payload, signature2);
  if (firstPass) {
    return true;
  }
  if (additionalSecrets !== void 0) {
    for (const s of additionalSecrets) {
      const v = await verify(s, payload, signature2);
      if (v) {
        return v;
      }
    }
  }
  return false;
}

// node_modules/@octokit/webhooks/dist-bundle/index.js
var createLogger = (logger = {}) => {
  if (typeof logger.debug !== "function") {
    logger.debug = () => {
    };
  }
  if (typeof logger.info !== "function") {
    logger.info = () => {
    };
  }
  if (typeof logger.warn !== "function") {
    logger.warn = console.warn.bind(console);
  }
  if (typeof logger.error !== "function") {
    logger.error = console.error.bind(console);
  }
  return logger;
};
var emitterEventNames = [
  "branch_protection_configuration",
  "branch_protection_configuration.disabled",
  "branch_protection_configuration.enabled",
  "branch_protection_rule",
  "branch_protection_rule.created",
  "branch_protection_rule.deleted",
  "branch_protection_rule.edited",
  "check_run",
  "check_run.completed",
  "check_run.created",
  "check_run.requested_action",
  "check_run.rerequested",
  "check_suite",
  "check_suite.completed",
  "check_suite.requested",
  "check_suite.rerequested",
  "code_scanning_alert",
  "code_scanning_alert.appeared_in_branch",
  "code_scanning_alert.closed_by_user",
  "code_scanning_alert.created",
  "code_scanning_alert.fixed",
  "code_scanning_alert.reopened",
  "code_scanning_alert.reopened_by_user",
  "commit_comment",
  "commit_comment.created",
  "create",
  "custom_property",
  "custom_property.created",
  "custom_property.deleted",
  "custom_property.promote_to_enterprise",
  "custom_property.updated",
  "custom_property_values",
  "custom_property_values.updated",
  "delete",
  "dependabot_alert",
  "dependabot_alert.auto_dismissed",
  "dependabot_alert.auto_reopened",
  "dependabot_alert.created",
  "dependabot_alert.dismissed",
  "dependabot_alert.fixed",
  "dependabot_alert.reintroduced",
  "dependabot_alert.reopened",
  "deploy_key",
  "deploy_key.created",
  "deploy_key.deleted",
  "deployment",
  "deployment.created",
  "deployment_protection_rule",
  "deployment_protection_rule.requested",
  "deployment_review",
  "deployment_review.approved",
  "deployment_review.rejected",
  "deployment_review.requested",
  "deployment_status",
  "deployment_status.created",
  "discussion",
  "discussion.answered",
  "discussion.category_changed",
  "discussion.closed",
  "discussion.created",
  "discussion.deleted",
  "discussion.edited",
  "discussion.labeled",
  "discussion.locked",
  "discussion.pinned",
  "discussion.reopened",
  "discussion.transferred",
  "discussion.unanswered",
  "discussion.unlabeled",
  "discussion.unlocked",
  "discussion.unpinned",
  "discussion_comment",
  "discussion_comment.created",
  "discussion_comment.deleted",
  "discussion_comment.edited",
  "fork",
  "github_app_authorization",
  "github_app_authorization.revoked",
  "gollum",
  "installation",
  "installation.created",
  "installation.deleted",
  "installation.new_permissions_accepted",
  "installation.suspend",
  "installation.unsuspend",
  "installation_repositories",
  "installation_repositories.added",
  "installation_repositories.removed",
  "installation_target",
  "installation_target.renamed",
  "issue_comment",
  "issue_comment.created",
  "issue_comment.deleted",
  "issue_comment.edited",
  "issue_dependencies",
  "issue_dependencies.blocked_by_added",
  "issue_dependencies.blocked_by_removed",
  "issue_dependencies.blocking_added",
  "issue_dependencies.blocking_removed",
  "issues",
  "issues.assigned",
  "issues.closed",
  "issues.deleted",
  "issues.demilestoned",
  "issues.edited",
  "issues.labeled",
  "issues.locked",
  "issues.milestoned",
  "issues.opened",
  "issues.pinned",
  "issues.reopened",
  "issues.transferred",
  "issues.typed",
  "issues.unassigned",
  "issues.unlabeled",
  "issues.unlocked",
  "issues.unpinned",
  "issues.untyped",
  "label",
  "label.created",
  "label.deleted",
  "label.edited",
  "marketplace_purchase",
  "marketplace_purchase.cancelled",
  "marketplace_purchase.changed",
  "marketplace_purchase.pending_change",
  "marketplace_purchase.pending_change_cancelled",
  "marketplace_purchase.purchased",
  "member",
  "member.added",
  "member.edited",
  "member.removed",
  "membership",
  "membership.added",
  "membership.removed",
  "merge_group",
  "merge_group.checks_requested",
  "merge_group.destroyed",
  "meta",
  "meta.deleted",
  "milestone",
  "milestone.closed",
  "milestone.created",
  "milestone.deleted",
  "milestone.edited",
  "milestone.opened",
  "org_block",
  "org_block.blocked",
  "org_block.unblocked",
  "organization",
  "organization.deleted",
  "organization.member_added",
  "organization.member_invited",
  "organization.member_removed",
  "organization.renamed",
  "package",
  "package.published",
  "package.updated",
  "page_build",
  "personal_access_token_request",
  "personal_access_token_request.approved",
  "personal_access_token_request.cancelled",
  "personal_access_token_request.created",
  "personal_access_token_request.denied",
  "ping",
  "project",
  "project.closed",
  "project.created",
  "project.deleted",
  "project.edited",
  "project.reopened",
  "project_card",
  "project_card.converted",
  "project_card.created",
  "project_card.deleted",
  "project_card.edited",
  "project_card.moved",
  "project_column",
  "project_column.created",
  "project_column.deleted",
  "project_column.edited",
  "project_column.moved",
  "projects_v2",
  "projects_v2.closed",
  "projects_v2.created",
  "projects_v2.deleted",
  "projects_v2.edited",
  "projects_v2.reopened",
  "projects_v2_item",
  "projects_v2_item.archived",
  "projects_v2_item.converted",
  "projects_v2_item.created",
  "projects_v2_item.deleted",
  "projects_v2_item.edited",
  "projects_v2_item.reordered",
  "projects_v2_item.restored",
  "projects_v2_status_update",
  "projects_v2_status_update.created",
  "projects_v2_status_update.deleted",
  "projects_v2_status_update.edited",
  "public",
  "pull_request",
  "pull_request.assigned",
  "pull_request.auto_merge_disabled",
  "pull_request.auto_merge_enabled",
  "pull_request.closed",
  "pull_request.converted_to_draft",
  "pull_request.demilestoned",
  "pull_request.dequeued",
  "pull_request.edited",
  "pull_request.enqueued",
  "pull_request.labeled",
  "pull_request.locked",
  "pull_request.milestoned",
  "pull_request.opened",
  "pull_request.ready_for_review",
  "pull_request.reopened",
  "pull_request.review_request_removed",
  "pull_request.review_requested",
  "pull_request.synchronize",
  "pull_request.unassigned",
  "pull_request.unlabeled",
  "pull_request.unlocked",
  "pull_request_review",
  "pull_request_review.dismissed",
  "pull_request_review.edited",
  "pull_request_review.submitted",
  "pull_request_review_comment",
  "pull_request_review_comment.created",
  "pull_request_review_comment.deleted",
  "pull_request_review_comment.edited",
  "pull_request_review_thread",
  "pull_request_review_thread.resolved",
  "pull_request_review_thread.unresolved",
  "push",
  "registry_package",
  "registry_package.published",
  "registry_package.updated",
  "release",
  "release.created",
  "release.deleted",
  "release.edited",
  "release.prereleased",
  "release.published",
  "release.released",
  "release.unpublished",
  "repository",
  "repository.archived",
  "repository.created",
  "repository.deleted",
  "repository.edited",
  "repository.privatized",
  "repository.publicized",
  "repository.renamed",
  "repository.transferred",
  "repository.unarchived",
  "repository_advisory",
  "repository_advisory.published",
  "repository_advisory.reported",
  "repository_dispatch",
  "repository_dispatch.sample.collected",
  "repository_import",
  "repository_ruleset",
  "repository_ruleset.created",
  "repository_ruleset.deleted",
  "repository_ruleset.edited",
  "repository_vulnerability_alert",
  "repository_vulnerability_alert.create",
  "repository_vulnerability_alert.dismiss",
  "repository_vulnerability_alert.reopen",
  "repository_vulnerability_alert.resolve",
  "secret_scanning_alert",
  "secret_scanning_alert.assigned",
  "secret_scanning_alert.created",
  "secret_scanning_alert.publicly_leaked",
  "secret_scanning_alert.reopened",
  "secret_scanning_alert.resolved",
  "secret_scanning_alert.unassigned",
  "secret_scanning_alert.validated",
  "secret_scanning_alert_location",
  "secret_scanning_alert_location.created",
  "secret_scanning_scan",
  "secret_scanning_scan.completed",
  "security_advisory",
  "security_advisory.published",
  "security_advisory.updated",
  "security_advisory.withdrawn",
  "security_and_analysis",
  "sponsorship",
  "sponsorship.cancelled",
  "sponsorship.created",
  "sponsorship.edited",
  "sponsorship.pending_cancellation",
  "sponsorship.pending_tier_change",
  "sponsorship.tier_changed",
  "star",
  "star.created",
  "star.deleted",
  "status",
  "sub_issues",
  "sub_issues.parent_issue_added",
  "sub_issues.parent_issue_removed",
  "sub_issues.sub_issue_added",
  "sub_issues.sub_issue_removed",
  "team",
  "team.added_to_repository",
  "team.created",
  "team.deleted",
  "team.edited",
  "team.removed_from_repository",
  "team_add",
  "watch",
  "watch.started",
  "workflow_dispatch",
  "workflow_job",
  "workflow_job.completed",
  "workflow_job.in_progress",
  "workflow_job.queued",
  "workflow_job.waiting",
  "workflow_run",
  "workflow_run.completed",
  "workflow_run.in_progress",
  "workflow_run.requested"
];
function validateEventName(eventName, options = {}) {
  if (typeof eventName !== "string") {
    throw new TypeError("eventName must be of type string");
  }
  if (eventName === "*") {
    throw new TypeError(
      `Using the "*" event with the regular Webhooks.on() function is not supported. Please use the Webhooks.onAny() method instead`
    );
  }
  if (eventName === "error") {
    throw new TypeError(
      `Using the "error" event with the regular Webhooks.on() function is not supported. Please use the Webhooks.onError() method instead`
    );
  }
  if (options.onUnknownEventName === "ignore") {
    return;
  }
  if (!emitterEventNames.includes(eventName)) {
    if (options.onUnknownEventName !== "warn") {
      throw new TypeError(
        `"${eventName}" is not a known webhook name (https://developer.github.com/v3/activity/events/types/)`
      );
    } else {
      (options.log || console).warn(
        `"${eventName}" is not a known webhook name (https://developer.github.com/v3/activity/events/types/)`
      );
    }
  }
}
function handleEventHandlers(state, webhookName, handler) {
  if (!state.hooks[webhookName]) {
    state.hooks[webhookName] = [];
  }
  state.hooks[webhookName].push(handler);
}
function receiverOn(state, webhookNameOrNames, handler) {
  if (Array.isArray(webhookNameOrNames)) {
    webhookNameOrNames.forEach(
      (webhookName) => receiverOn(state, webhookName, handler)
    );
    return;
  }
  validateEventName(webhookNameOrNames, {
    onUnknownEventName: "warn",
    log: state.log
  });
  handleEventHandlers(state, webhookNameOrNames, handler);
}
function receiverOnAny(state, handler) {
  handleEventHandlers(state, "*", handler);
}
function receiverOnError(state, handler) {
  handleEventHandlers(state, "error", handler);
}
function wrapErrorHandler(handler, error2) {
  let returnValue;
  try {
    returnValue = handler(error2);
  } catch (error22) {
    console.log('FATAL: Error occurred in "error" event handler');
    console.log(error22);
  }
  if (returnValue && returnValue.catch) {
    returnValue.catch((error22) => {
      console.log('FATAL: Error occurred in "error" event handler');
      console.log(error22);
    });
  }
}
function getHooks(state, eventPayloadAction, eventName) {
  const hooks = [state.hooks[eventName], state.hooks["*"]];
  if (eventPayloadAction) {
    hooks.unshift(state.hooks[`${eventName}.${eventPayloadAction}`]);
  }
  return [].concat(...hooks.filter(Boolean));
}
function receiverHandle(state, event) {
  const errorHandlers = state.hooks.error || [];
  if (event instanceof Error) {
    const error2 = Object.assign(new AggregateError([event], event.message), {
      event
    });
    errorHandlers.forEach((handler) => wrapErrorHandler(handler, error2));
    return Promise.reject(error2);
  }
  if (!event || !event.name) {
    const error2 = new Error("Event name not passed");
    throw new AggregateError([error2], error2.message);
  }
  if (!event.payload) {
    const error2 = new Error("Event name not passed");
    throw new AggregateError([error2], error2.message);
  }
  const hooks = getHooks(
    state,
    "action" in event.payload ? event.payload.action : null,
    event.name
  );
  if (hooks.length === 0) {
    return Promise.resolve();
  }
  const errors = [];
  const promises = hooks.map((handler) => {
    let promise = Promise.resolve(event);
    if (state.transform) {
      promise = promise.then(state.transform);
    }
    return promise.then((event2) => {
      return handler(event2);
    }).catch((error2) => errors.push(Object.assign(error2, { event })));
  });
  return Promise.all(promises).then(() => {
    if (errors.length === 0) {
      return;
    }
    const error2 = new AggregateError(
      errors,
      errors.map((error22) => error22.message).join("\n")
    );
    Object.assign(error2, {
      event
    });
    errorHandlers.forEach((handler) => wrapErrorHandler(handler, error2));
    throw error2;
  });
}
function removeListener(state, webhookNameOrNames, handler) {
  if (Array.isArray(webhookNameOrNames)) {
    webhookNameOrNames.forEach(
      (webhookName) => removeListener(state, webhookName, handler)
    );
    return;
  }
  if (!state.hooks[webhookNameOrNames]) {
    return;
  }
  for (let i = state.hooks[webhookNameOrNames].length - 1; i >= 0; i--) {
    if (state.hooks[webhookNameOrNames][i] === handler) {
      state.hooks[webhookNameOrNames].splice(i, 1);
      return;
    }
  }
}
function createEventHandler(options) {
  const state = {
    hooks: {},
    log: createLogger(options && options.log)
  };
  if (options && options.transform) {
    state.transform = options.transform;
  }
  return {
    on: receiverOn.bind(null, state),
    onAny: receiverOnAny.bind(null, state),
    onError: receiverOnError.bind(null, state),
    removeListener: removeListener.bind(null, state),
    receive: receiverHandle.bind(null, state)
  };
}
async function verifyAndReceive(state, event) {
  const matchesSignature = await verifyWithFallback(
    state.secret,
    event.payload,
    event.signature,
    state.additionalSecrets
  ).catch(() => false);
  if (!matchesSignature) {
    const error2 = new Error(
      "[@octokit/webhooks] signature does not match event payload and secret"
    );
    error2.event = event;
    error2.status = 400;
    return state.eventHandler.receive(error2);
  }
  let payload;
  try {
    payload = JSON.parse(event.payload);
  } catch (error2) {
    error2.message = "Invalid JSON";
    error2.status = 400;
    throw new AggregateError([error2], error2.message);
  }
  return state.eventHandler.receive({
    id: event.id,
    name: event.name,
    payload
  });
}
var textDecoder = new TextDecoder("utf-8", { fatal: false });
var decode = textDecoder.decode.bind(textDecoder);
var Webhooks = class {
  sign;
  verify;
  on;
  onAny;
  onError;
  removeListener;
  receive;
  verifyAndReceive;
  constructor(options) {
    if (!options || !options.secret) {
      throw new Error("[@octokit/webhooks] options.secret required");
    }
    const state = {
      eventHandler: createEventHandler(options),
      secret: options.secret,
      additionalSecrets: options.additionalSecrets,
      hooks: {},
      log: createLogger(options.log)
    };
    this.sign = sign.bind(null, options.secret);
    this.verify = verify.bind(null, options.secret);
    this.on = state.eventHandler.on;
    this.onAny = state.eventHandler.onAny;
    this.onError = state.eventHandler.onError;
    this.removeListener = state.eventHandler.removeListener;
    this.receive = state.eventHandler.receive;
    this.verifyAndReceive = verifyAndReceive.bind(null, state);
  }
};

// node_modules/@octokit/app/node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js
var VERSION8 = "0.0.0-development";
function normalizePaginatedListResponse(response) {
  if (!response.data) {
    return {
      ...response,
      data: []
    };
  }
  const responseNeedsNormalization = ("total_count" in response.data || "total_commits" in response.data) && !("url" in response.data);
  if (!responseNeedsNormalization) return response;
  const incompleteResults = response.data.incomplete_results;
  const repositorySelection = response.data.repository_selection;
  const totalCount = response.data.total_count;
  const totalCommits = response.data.total_commits;
  delete response.data.incomplete_results;
  delete response.data.repository_selection;
  delete response.data.total_count;
  delete response.data.total_commits;
  const namespaceKey = Object.keys(response.data)[0];
  const data = response.data[namespaceKey];
  response.data = data;
  if (typeof incompleteResults !== "undefined") {
    response.data.incomplete_results = incompleteResults;
  }
  if (typeof repositorySelection !== "undefined") {
    response.data.repository_selection = repositorySelection;
  }
  response.data.total_count = totalCount;
  response.data.total_commits = totalCommits;
  return response;
}
function iterator(octokit2, route, parameters) {
  const options = typeof route === "function" ? route.endpoint(parameters) : octokit2.request.endpoint(route, parameters);
  const requestMethod = typeof route === "function" ? route : octokit2.request;
  const method = options.method;
  const headers = options.headers;
  let url = options.url;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (!url) return { done: true };
        try {
          const response = await requestMethod({ method, url, headers });
          const normalizedResponse = normalizePaginatedListResponse(response);
          url = ((normalizedResponse.headers.link || "").match(
            /<([^<>]+)>;\s*rel="next"/
          ) || [])[1];
          if (!url && "total_commits" in normalizedResponse.data) {
            const parsedUrl = new URL(normalizedResponse.url);
            const params = parsedUrl.searchParams;
            const page = parseInt(params.get("page") || "1", 10);
            const per_page = parseInt(params.get("per_page") || "250", 10);
            if (page * per_page < normalizedResponse.data.total_commits) {
              params.set("page", String(page + 1));
              url = parsedUrl.toString();
            }
          }
          return { value: normalizedResponse };
        } catch (error2) {
          if (error2.status !== 409) throw error2;
          url = "";
          return {
            value: {
              status: 200,
              headers: {},
              data: []
            }
          };
        }
      }
    })
  };
}
function paginate(octokit2, route, parameters, mapFn) {
  if (typeof parameters === "function") {
    mapFn = parameters;
    parameters = void 0;
  }
  return gather(
    octokit2,
    [],
    iterator(octokit2, route, parameters)[Symbol.asyncIterator](),
    mapFn
  );
}
function gather(octokit2, results, iterator2, mapFn) {
  return iterator2.next().then((result) => {
    if (result.done) {
      return results;
    }
    let earlyExit = false;
    function done() {
      earlyExit = true;
    }
    results = results.concat(
      mapFn ? mapFn(result.value, done) : result.value.data
    );
    if (earlyExit) {
      return results;
    }
    return gather(octokit2, results, iterator2, mapFn);
  });
}
var composePaginateRest = Object.assign(paginate, {
  iterator
});
function paginateRest2(octokit2) {
  return {
    paginate: Object.assign(paginate.bind(null, octokit2), {
      iterator: iterator.bind(null, octokit2)
    })
  };
}
paginateRest2.VERSION = VERSION8;

// node_modules/@octokit/app/dist-node/index.js
var VERSION9 = "16.1.4";
function webhooks(appOctokit, options) {
  return new Webhooks({
    secret: options.secret,
    transform: async (event) => {
      if (!("installation" in event.payload) || typeof event.payload.installation !== "object") {
        const octokit22 = new appOctokit.constructor({
          authStrategy: createUnauthenticatedAuth,
          auth: {
            reason: `"installation" key missing in webhook event payload`
          }
        });
        return {
          ...event,
          octokit: octokit22
        };
      }
      const installationId = event.payload.installation.id;
      const octokit2 = await appOctokit.auth({
        type: "installation",
        installationId,
        factory(auth6) {
          return new auth6.octokit.constructor({
            ...auth6.octokitOptions,
            authStrategy: createAppAuth,
            ...{
              auth: {
                ...auth6,
                installationId
              }
            }
          });
        }
      });
      octokit2.hook.before("request", (options2) => {
        options2.headers["x-github-delivery"] = event.id;
      });
      return {
        ...event,
        octokit: octokit2
      };
    }
  });
}
async function getInstallationOctokit(app, installationId) {
  return app.octokit.auth({
    type: "installation",
    installationId,
    factory(auth6) {
      const options = {
        ...auth6.octokitOptions,
        authStrategy: createAppAuth,
        ...{ auth: { ...auth6, installationId } }
      };
      return new auth6.octokit.constructor(options);
    }
  });
}
function eachInstallationFactory(app) {
  return Object.assign(eachInstallation.bind(null, app), {
    iterator: eachInstallationIterator.bind(null, app)
  });
}
async function eachInstallation(app, callback) {
  const i = eachInstallationIterator(app)[Symbol.asyncIterator]();
  let result = await i.next();
  while (!result.done) {
    await callback(result.value);
    result = await i.next();
  }
}
function eachInstallationIterator(app) {
  return {
    async *[Symbol.asyncIterator]() {
      const iterator2 = composePaginateRest.iterator(
        app.octokit,
        "GET /app/installations"
      );
      for await (const { data: installations } of iterator2) {
        for (const installation of installations) {
          const installationOctokit = await getInstallationOctokit(
            app,
            installation.id
          );
          yield { octokit: installationOctokit, installation };
        }
      }
    }
  };
}
function eachRepositoryFactory(app) {
  return Object.assign(eachRepository.bind(null, app), {
    iterator: eachRepositoryIterator.bind(null, app)
  });
}
async function eachRepository(app, queryOrCallback, callback) {
  const i = eachRepositoryIterator(
    app,
    callback ? queryOrCallback : void 0
  )[Symbol.asyncIterator]();
  let result = await i.next();
  while (!result.done) {
    if (callback) {
      await callback(result.value);
    } else {
      await queryOrCallback(result.value);
    }
    result = await i.next();
  }
}
function singleInstallationIterator(app, installationId) {
  return {
    async *[Symbol.asyncIterator]() {
      yield {
        octokit: await app.getInstallationOctokit(installationId)
      };
    }
  };
}
function eachRepositoryIterator(app, query) {
  return {
    async *[Symbol.asyncIterator]() {
      const iterator2 = query ? singleInstallationIterator(app, query.installationId) : app.eachInstallation.iterator();
      for await (const { octokit: octokit2 } of iterator2) {
        const repositoriesIterator = composePaginateRest.iterator(
          octokit2,
          "GET /installation/repositories"
        );
        for await (const { data: repositories } of repositoriesIterator) {
          for (const repository2 of repositories) {
            yield { octokit: octokit2, repository: repository2 };
          }
        }
      }
    }
  };
}
function getInstallationUrlFactory(app) {
  let installationUrlBasePromise;
  return async function getInstallationUrl(options = {}) {
    if (!installationUrlBasePromise) {
      installationUrlBasePromise = getInstallationUrlBase(app);
    }
    const installationUrlBase = await installationUrlBasePromise;
    const installationUrl = new URL(installationUrlBase);
    if (options.target_id !== void 0) {
      installationUrl.pathname += "/permissions";
      installationUrl.searchParams.append(
        "target_id",
        options.target_id.toFixed()
      );
    }
    if (options.state !== void 0) {
      installationUrl.searchParams.append("state", options.state);
    }
    return installationUrl.href;
  };
}
async function getInstallationUrlBase(app) {
  const { data: appInfo } = await app.octokit.request("GET /app");
  if (!appInfo) {
    throw new Error("[@octokit/app] unable to fetch metadata for app");
  }
  return `${appInfo.html_url}/installations/new`;
}
var App = class {
  static VERSION = VERSION9;
  static defaults(defaults2) {
    const AppWithDefaults = class extends this {
      constructor(...args) {
        super({
          ...defaults2,
          ...args[0]
        });
      }
    };
    return AppWithDefaults;
  }
  octokit;
  // @ts-ignore calling app.webhooks will throw a helpful error when options.webhooks is not set
  webhooks;
  // @ts-ignore calling app.oauth will throw a helpful error when options.oauth is not set
  oauth;
  getInstallationOctokit;
  eachInstallation;
  eachRepository;
  getInstallationUrl;
  log;
  constructor(options) {
    const Octokit3 = options.Octokit || Octokit;
    const authOptions = Object.assign(
      {
        appId: options.appId,
        privateKey: options.privateKey
      },
      options.oauth ? {
        clientId: options.oauth.clientId,
        clientSecret: options.oauth.clientSecret
      } : {}
    );
    const octokitOptions = {
      authStrategy: createAppAuth,
      auth: authOptions
    };
    if ("log" in options && typeof options.log !== "undefined") {
      octokitOptions.log = options.log;
    }
    this.octokit = new Octokit3(octokitOptions);
    this.log = Object.assign(
      {
        debug: () => {
        },
        info: () => {
        },
        warn: console.warn.bind(console),
        error: console.error.bind(console)
      },
      options.log
    );
    if (options.webhooks) {
      this.webhooks = webhooks(this.octokit, options.webhooks);
    } else {
      Object.defineProperty(this, "webhooks", {
        get() {
          throw new Error("[@octokit/app] webhooks option not set");
        }
      });
    }
    if (options.oauth) {
      this.oauth = new OAuthApp({
        ...options.oauth,
        clientType: "github-app",
        Octokit: Octokit3
      });
    } else {
      Object.defineProperty(this, "oauth", {
        get() {
          throw new Error(
            "[@octokit/app] oauth.clientId / oauth.clientSecret options are not set"
          );
        }
      });
    }
    this.getInstallationOctokit = getInstallationOctokit.bind(
      null,
      this
    );
    this.eachInstallation = eachInstallationFactory(
      this
    );
    this.eachRepository = eachRepositoryFactory(
      this
    );
    this.getInstallationUrl = getInstallationUrlFactory(this);
  }
};

// node_modules/octokit/dist-bundle/index.js
var VERSION10 = "0.0.0-development";
var Octokit2 = Octokit.plugin(
  restEndpointMethods,
  paginateRest,
  paginateGraphQL,
  retry,
  throttling
).defaults({
  userAgent: `octokit.js/${VERSION10}`,
  throttle: {
    onRateLimit,
    onSecondaryRateLimit
  }
});
function onRateLimit(retryAfter, options, octokit2) {
  octokit2.log.warn(
    `Request quota exhausted for request ${options.method} ${options.url}`
  );
  if (options.request.retryCount === 0) {
    octokit2.log.info(`Retrying after ${retryAfter} seconds!`);
    return true;
  }
}
function onSecondaryRateLimit(retryAfter, options, octokit2) {
  octokit2.log.warn(
    `SecondaryRateLimit detected for request ${options.method} ${options.url}`
  );
  if (options.request.retryCount === 0) {
    octokit2.log.info(`Retrying after ${retryAfter} seconds!`);
    return true;
  }
}
var App2 = App.defaults({ Octokit: Octokit2 });
var OAuthApp2 = OAuthApp.defaults({ Octokit: Octokit2 });

// src/edges/github/retry.ts
import { setTimeout as sleep } from "node:timers/promises";
var LONGEST_WAIT_S = 120;
var MOST_RETRIES = 3;
function retrying(secondMs) {
  return async (send, request2) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(request2);
      } catch (error2) {
        const waitS = attempt > MOST_RETRIES ? void 0 : secondsToWait(error2, request2, attempt);
        if (waitS === void 0 || waitS > LONGEST_WAIT_S) throw error2;
        await sleep(waitS * secondMs);
      }
    }
  };
}
function secondsToWait(error2, request2, attempt) {
  if (!(error2 instanceof RequestError)) return void 0;
  const asked = retryAfterS(error2);
  if (error2.status === 429) return isRateLimit(error2) ? void 0 : asked;
  if (error2.status < 500) return void 0;
  if (request2.method === "POST" && !(error2.status === 503 && asked !== void 0)) return void 0;
  return asked ?? attempt ** 2;
}
function isRateLimit(error2) {
  return error2.response?.headers["x-ratelimit-remaining"] === "0" || /\bsecondary rate\b/i.test(error2.message);
}
function retryAfterS(error2) {
  const header = error2.response?.headers["retry-after"];
  return header !== void 0 && /^\d+$/.test(String(header)) ? Number(header) : void 0;
}

// src/edges/github/refusal.ts
var GitHubRefusal = class extends UserError {
  /** HTTP status; undefined when GitHub could not be reached. */
  status;
  /** GitHub's own words, on one line. */
  words;
  constructor(problem, words, status) {
    super(problem);
    this.status = status;
    this.words = words;
  }
  /** Whether GitHub is at fault, and not the token or the workflow. */
  get isOutage() {
    return this.status === void 0 || this.status === 429 || this.status >= 500;
  }
};
function isForbidden(error2) {
  return error2 instanceof GitHubRefusal && (error2.status === 403 || error2.status === 404);
}
function explained(error2) {
  if (!(error2 instanceof RequestError)) return error2;
  const words = oneLine(error2.message.replace(/ - https:\/\/\S+$/, ""));
  const status = error2.response === void 0 ? void 0 : error2.status;
  return new GitHubRefusal(problemOf(error2, status, words), words, status);
}
function problemOf(error2, status, words) {
  const { method, url } = error2.request;
  const { origin, pathname } = new URL(url);
  const asked = `${method} ${pathname}`;
  const said = `GitHub answered ${status} "${words}" to ${asked}`;
  if (status === void 0)
    return {
      what: `GitHub could not be reached at ${origin} (${words})`,
      fix: "Run the job again; check GITHUB_API_URL and the proxy if it stays so."
    };
  if (status === 401)
    return { file: "github-token", what: said, fix: "It is wrong or has expired; the default is the job's own token, github.token." };
  if (isRateLimited(error2)) return { what: said, fix: `The token's rate limit is used up; run the job again${later(error2)}.` };
  if (status === 403)
    return { file: "github-token", what: said, fix: `The token needs \`${permissionFor(method, pathname)}\`: ${howToGrant}.` };
  if (status === 404)
    return {
      file: "github-token",
      what: said,
      fix: `There is no such thing, or the token may not see it: it needs \`${permissionFor(method, pathname)}\`: ${howToGrant}.`
    };
  if (status >= 500) return { what: said, fix: "The fault is on its side: run the job again (https://www.githubstatus.com)." };
  return { what: said };
}
var howToGrant = "add it under `permissions:` of the job";
function isRateLimited(error2) {
  if (error2.status === 429) return true;
  return error2.status === 403 && (error2.response?.headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(error2.message));
}
function later(error2) {
  const reset = Number(error2.response?.headers["x-ratelimit-reset"]);
  const waitS = retryAfterS(error2);
  if (waitS !== void 0) return ` in ${waitS} seconds`;
  return reset > 0 ? ` after ${new Date(reset * 1e3).toISOString().slice(11, 16)} UTC` : " later";
}
function permissionFor(method, pathname) {
  const area = areas.find(([part]) => part.test(pathname))?.[1] ?? "contents";
  return `${area}: ${method === "GET" ? "read" : "write"}`;
}
var areas = [
  [/\/(issues|pulls)\//, "pull-requests"],
  [/\/check-runs(\/|$)/, "checks"],
  [/\/actions\//, "actions"]
];
function oneLine(text) {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim().slice(0, 300);
}

// src/action/announce.ts
import { setTimeout as wait2 } from "node:timers/promises";

// src/edges/github/reply.ts
function understood(schema, reply2, what) {
  const outcome = schema.safeParse(reply2);
  if (outcome.success) return outcome.data;
  throw misunderstood(what);
}
function misunderstood(what) {
  return new UserError({
    what: `the answer for ${what} is not what GitHub documents`,
    fix: "Check that GITHUB_API_URL is the API of a GitHub server, and that no proxy rewrites its answers."
  });
}

// src/edges/github/check-run.ts
var MOST_ANNOTATIONS = 50;
var checkRunReply = object({ id: number(), html_url: string().nullish(), external_id: string().nullish() });
async function writeCheckRun(client, { owner, name }, checkRun2) {
  const repository2 = { owner, repo: name };
  const { title, summary: summary2, annotations } = checkRun2;
  const output = (from) => ({ title, summary: summary2, annotations: annotations.slice(from, from + MOST_ANNOTATIONS).map(asGitHubWants) });
  try {
    const { id, html_url } = await createOnce(client, repository2, checkRun2, output(0));
    for (let from = MOST_ANNOTATIONS; from < annotations.length; from += MOST_ANNOTATIONS)
      await client.rest.checks.update({ ...repository2, check_run_id: id, output: output(from) });
    return { kind: "written", url: html_url ?? "" };
  } catch (error2) {
    if (!isForbidden(error2)) throw error2;
    const why = "the job needs `permissions: checks: write`, which runs of forks and of Dependabot do not get";
    return {
      kind: "forbidden",
      sentence: `The check run could not be written (GitHub answered ${error2.status} "${error2.words}"): ${why}.`
    };
  }
}
async function createOnce(client, repository2, checkRun2, output, retries = 2) {
  const { name, headSha, conclusion, detailsUrl, externalId } = checkRun2;
  try {
    const { data } = await client.rest.checks.create({
      ...repository2,
      name,
      head_sha: headSha,
      status: "completed",
      conclusion,
      details_url: detailsUrl,
      external_id: externalId,
      ...output && { output }
    });
    return understood(checkRunReply, data, `the new check run ${name}`);
  } catch (error2) {
    const isHalfWay = error2 instanceof GitHubRefusal && (error2.status === void 0 || error2.status >= 500);
    if (!isHalfWay || retries === 0) throw error2;
    const { data } = await client.rest.checks.listForRef({ ...repository2, ref: headSha, check_name: name, per_page: 100 });
    const { check_runs } = understood(object({ check_runs: array(checkRunReply) }), data, `the check runs of ${headSha}`);
    const standing = check_runs.find(({ external_id }) => external_id === externalId);
    return standing ?? createOnce(client, repository2, checkRun2, output, retries - 1);
  }
}
function asGitHubWants({ path, startLine, endLine, level, title, message }) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message };
}

// src/edges/github/scope.ts
function below(directory, path) {
  if (directory === "") return path;
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : void 0;
}
function readDirectory(input) {
  const parts = input.trim().split("/").filter((part) => part !== "" && part !== ".");
  if (!input.trim().startsWith("/") && !parts.includes("..")) return parts.join("/");
  throw new UserError({
    file: "working-directory",
    what: `"${input}" lies outside the repository`,
    fix: "Give a folder below its root, such as `packages/bot`."
  });
}

// src/action/occasion.ts
function isWithoutKey(occasion) {
  return isStrangers(occasion) && apiKeyOf(occasion) === void 0;
}
function isStrangers({ trigger }) {
  return trigger.kind === "pull-request" && (trigger.fork || trigger.dependabot);
}
function apiKeyOf({ inputs, env }) {
  return inputs.apiKey || env["OPENAI_API_KEY"] || void 0;
}
function rootOf({ workingDirectory }) {
  const directory = readDirectory(workingDirectory);
  return directory === "" ? "" : `${directory}/`;
}

// src/action/check-run.ts
async function checkRun({ report: report2, run }, occasion) {
  const { inputs, trigger, client, repository: repository2, log } = occasion;
  const headSha = [report2.head.sha, trigger.range.head].find((sha2) => /^[0-9a-f]{40,64}$/.test(sha2));
  const isWaiting = isWithoutKey(occasion) && report2.prompts.some(({ because: because2 }) => because2.some(({ rule: rule2 }) => rule2 === "no-key"));
  if (!inputs.checkRun || headSha === void 0 || isWaiting) return;
  if (trigger.kind === "pull-request" && trigger.closed) return;
  try {
    const outcome = await writeCheckRun(client, repository2, {
      ...checkRunOf(report2, run, rootOf(inputs)),
      name: inputs.commentKey === "" ? "prompt-ratchet" : `prompt-ratchet (${inputs.commentKey})`,
      headSha,
      detailsUrl: occasion.run.url,
      externalId: `${occasion.run.id}.${occasion.run.attempt}`
    });
    log.info(outcome.kind === "written" ? `Check run: ${outcome.url}` : outcome.sentence);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(error2.message);
  }
}

// src/edges/github/runs.ts
var runReply = object({
  id: int(),
  event: string(),
  path: string(),
  head_sha: string(),
  status: string().nullish(),
  conclusion: string().nullish(),
  created_at: string(),
  updated_at: string(),
  repository: object({ full_name: string() }),
  head_repository: object({ full_name: string() }).nullish()
}).transform((run) => ({
  id: run.id,
  event: run.event,
  /** Of the workflow's file. */
  path: run.path.replace(/@.*$/, ""),
  headSha: run.head_sha,
  isOver: run.status === "completed",
  hasFailed: run.conclusion === "failure" || run.conclusion === "timed_out",
  /** When GitHub began it, whoever's clock the commit goes by; further attempts keep it. */
  createdAt: run.created_at,
  updatedAt: run.updated_at,
  /** Whether the code is this repository's own and no fork's. */
  isOwn: run.head_repository?.full_name.toLowerCase() === run.repository.full_name.toLowerCase()
}));
async function workflowRun({ rest }, { owner, name }, id) {
  const { data } = await rest.actions.getWorkflowRun({ owner, repo: name, run_id: id });
  return understood(runReply, data, `workflow run ${id}`);
}
async function fileId({ rest }, { owner, name }, path, commit2) {
  try {
    const { data } = await rest.repos.getContent({ owner, repo: name, path, ref: commit2 });
    return object({ type: literal("file"), sha: string() }).safeParse(data).data?.sha;
  } catch (error2) {
    if (isForbidden(error2) && error2.status === 404) return void 0;
    throw error2;
  }
}
function workflowPath({ owner, name }, workflowRef) {
  const prefix = `${owner}/${name}/`;
  if (!workflowRef.toLowerCase().startsWith(prefix.toLowerCase())) return void 0;
  return /^(\.github\/workflows\/[^@]+)@/.exec(workflowRef.slice(prefix.length))?.[1];
}

// src/edges/github/commands.ts
async function mayWrite({ rest }, { owner, name }, login) {
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ owner, repo: name, username: login });
    const { permission } = understood(object({ permission: string() }), data, `the permission of ${login}`);
    return permission === "write" || permission === "admin";
  } catch (error2) {
    if (isForbidden(error2) && error2.status === 404) return false;
    throw error2;
  }
}
async function react({ rest }, { owner, repo }, comment_id, content) {
  try {
    await rest.reactions.createForIssueComment({ owner, repo, comment_id, content });
  } catch (error2) {
    if (!isForbidden(error2)) throw error2;
  }
}
var pullReply = object({
  state: string(),
  base: object({ ref: string(), repo: object({ full_name: string() }) }),
  head: object({ sha: string(), ref: string(), repo: object({ full_name: string() }).nullish() })
});
async function newestCommit({ rest }, { owner, repo, number: number2 }) {
  const { data } = await rest.pulls.get({ owner, repo, pull_number: number2 });
  const { state, base, head } = understood(pullReply, data, `pull request #${number2}`);
  const isFork = head.repo?.full_name.toLowerCase() !== base.repo.full_name.toLowerCase();
  return { isOpen: state === "open", sha: head.sha, isFork, branch: head.ref, base: base.ref };
}
async function runsOn({ rest }, { owner, name }, sha2, path) {
  const { data } = await rest.actions.listWorkflowRunsForRepo({
    owner,
    repo: name,
    head_sha: sha2,
    event: "pull_request",
    per_page: 100
  });
  const { workflow_runs } = understood(object({ workflow_runs: array(runReply) }), data, `the runs on ${sha2}`);
  return workflow_runs.filter((run) => run.path === path).sort((a, b) => b.id - a.id);
}
async function runAgain({ rest }, { owner, name }, run_id, onlyFailed) {
  const run = { owner, repo: name, run_id };
  await (onlyFailed ? rest.actions.reRunWorkflowFailedJobs(run) : rest.actions.reRunWorkflow(run));
}

// src/edges/github/marker.ts
function marker(key) {
  return `<!-- prompt-ratchet:1 key=${escaped(key)} -->`;
}
function bearsMarker(body, key) {
  const [, found] = /^<!-- prompt-ratchet:\d+ key=(\S*) -->/.exec(body) ?? [];
  return found === escaped(key);
}
function escaped(key) {
  return encodeURIComponent(Buffer.from(key).toString()).replaceAll("-", "%2D");
}

// src/edges/github/comments.ts
var commentReply = object({
  id: number(),
  body: string().nullish(),
  html_url: string(),
  created_at: string().default(""),
  user: object({ login: string(), type: string() }).nullish()
}).transform(({ id, body, html_url, created_at, user }) => ({
  id,
  body: body ?? "",
  url: html_url,
  createdAt: created_at,
  author: user ?? void 0
}));
async function listComments(client, { owner, repo, number: number2 }) {
  const replies = await client.paginate(client.rest.issues.listComments, { owner, repo, issue_number: number2, per_page: 100 });
  return understood(array(commentReply), replies, `the comments of #${number2}`);
}
async function createComment(client, { owner, repo, number: number2 }, body) {
  const { data } = await client.rest.issues.createComment({ owner, repo, issue_number: number2, body });
  return understood(commentReply, data, `the new comment on #${number2}`);
}
async function updateComment(client, { owner, repo }, { id }, body) {
  try {
    const { data } = await client.rest.issues.updateComment({ owner, repo, comment_id: id, body });
    return understood(commentReply, data, `comment ${id}`);
  } catch (error2) {
    if (isForbidden(error2)) return void 0;
    throw error2;
  }
}
async function deleteComment(client, { owner, repo }, { id }) {
  try {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: id });
  } catch (error2) {
    if (!isForbidden(error2)) throw error2;
  }
}
async function ours(client, comments, key) {
  const marked = comments.filter(({ body }) => bearsMarker(body, key));
  if (marked.length === 0) return [];
  const login = await ownLogin(client);
  if (login !== void 0) return marked.filter(({ author }) => author?.login === login);
  const bots = marked.filter(({ author }) => author?.type === "Bot");
  return [...bots.filter(isFromActions), ...bots.filter((comment2) => !isFromActions(comment2))];
}
function isFromActions({ author }) {
  return author?.login === "github-actions[bot]";
}
async function ownLogin(client) {
  const auth6 = object({ token: string() }).safeParse(await client.auth());
  if (auth6.data?.token.startsWith("ghs_")) return void 0;
  try {
    const { data } = await client.rest.users.getAuthenticated();
    return understood(object({ login: string() }), data, "the token's user").login;
  } catch (error2) {
    if (isForbidden(error2)) return void 0;
    throw error2;
  }
}

// src/edges/github/pull.ts
var pullReply2 = object({ state: string(), head: object({ sha: string() }) });
var listedPull = object({
  number: int().positive(),
  base: object({ ref: string() }),
  head: object({ sha: string(), repo: object({ full_name: string() }).nullish() })
});
async function pullsFrom(client, { owner, name }, fork) {
  const head = `${fork.headRepository.split("/")[0]}:${fork.headBranch}`;
  const replies = await client.paginate(client.rest.pulls.list, { owner, repo: name, state: "open", head, per_page: 100 });
  const pulls = understood(array(listedPull), replies, `the pull requests of ${head}`);
  const isSame = (full) => full?.toLowerCase() === fork.headRepository.toLowerCase();
  return pulls.filter((pull) => pull.head.sha === fork.headSha && isSame(pull.head.repo?.full_name));
}
var mergedPull = object({
  number: int().positive(),
  merged_at: string().nullish(),
  merge_commit_sha: string().nullish(),
  head: object({ sha: string() })
});
async function mergedAs({ rest }, { owner, name }, commit2) {
  const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo: name, commit_sha: commit2, per_page: 100 });
  const pulls = understood(array(mergedPull), data, `the pull requests of ${commit2}`);
  const merged = pulls.find(({ merged_at, merge_commit_sha }) => merged_at && merge_commit_sha === commit2);
  return merged && { number: merged.number, sha: merged.head.sha };
}
async function objectionTo(client, { owner, repo, number: number2 }, head) {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number2 });
  const pull = understood(pullReply2, data, `pull request #${number2}`);
  if (pull.state !== "open") return `#${number2} was closed meanwhile, so nothing is written to it.`;
  if (pull.head.sha === head) return void 0;
  return `#${number2} has moved on from ${head.slice(0, 7)} to ${pull.head.sha.slice(0, 7)}, whose own run reports.`;
}

// src/action/commands/grammar.ts
var MOST_CHARACTERS = 300;
var MOST_REASON = 200;
function parseCommand(body) {
  const line = /^[^\r\n]{0,301}/.exec(body)[0];
  const [, asked] = /^\/ratchet(?:[ \t]+([^\r\n]*?))?[ \t]*$/.exec(line) ?? [];
  if (!/^\/ratchet(?:[ \t]|$)/.test(line)) return { kind: "none" };
  if (line.length > MOST_CHARACTERS) return { kind: "malformed", sentence: `A command has at most ${MOST_CHARACTERS} characters.` };
  const [, verb = "", rest = ""] = /^(\S*)[ \t]*(.*)$/.exec(asked ?? "");
  return Object.hasOwn(readers, verb) ? readers[verb](rest) : { kind: "malformed", sentence: "There is no such command." };
}
var readers = {
  "": (rest) => alone("help", rest),
  help: (rest) => alone("help", rest),
  rerun: (rest) => alone("rerun", rest),
  apply: (rest) => alone("apply", rest),
  optimize: (rest) => {
    if (rest === "") return { kind: "command", command: { verb: "optimize" } };
    const calls = /^\d{1,6}$/.test(rest) ? Number(rest) : 0;
    if (calls > 0) return { kind: "command", command: { verb: "optimize", calls } };
    return { kind: "malformed", sentence: "A budget is a number of calls, as in `/ratchet optimize 400`." };
  },
  accept: (rest) => {
    const reason = /^"([^"]*)"$/.exec(rest.replaceAll(/[“”]/g, '"'))?.[1]?.trim() ?? "";
    const isFit = reason.length >= 3 && reason.length <= MOST_REASON;
    if (isFit && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(reason)) return { kind: "command", command: { verb: "accept", reason } };
    return {
      kind: "malformed",
      sentence: `An acceptance has a reason of 3 to ${MOST_REASON} characters in quotes, as in \`/ratchet accept "the new tone is wanted"\`.`
    };
  }
};
function alone(verb, rest) {
  if (rest === "") return { kind: "command", command: { verb } };
  return { kind: "malformed", sentence: `\`/ratchet ${verb}\` takes nothing more.` };
}
var helpText = [
  "| Comment | What happens |",
  "| :- | :- |",
  "| `/ratchet rerun` | The check of the newest commit runs again. |",
  '| `/ratchet accept "reason"` | The newest commit may be merged although its check failed. Gone on the next push. |',
  "| `/ratchet optimize [calls]` | A better version of each changed prompt is searched for, with so many calls of search at most. |",
  "| `/ratchet apply` | The verified suggestion becomes a commit on this branch. |",
  "| `/ratchet help` | This. |",
  "",
  "A command is the first line of a new comment, by somebody who may write to this repository."
].join("\n");

// src/action/commands/acceptance.ts
async function acceptanceFor({ exitCode }, occasion) {
  if (exitCode !== 1 && exitCode !== 2) return void 0;
  const { client, repository: repository2, log } = occasion;
  try {
    const asked = await askedFor(occasion);
    if (asked === void 0) return void 0;
    const target = { owner: repository2.owner, repo: repository2.name, number: asked.number };
    const given = acceptances(await listComments(client, target), asked.since);
    for (const { comment: comment2, reason } of given) {
      if (!await mayWrite(client, repository2, comment2.author.login)) continue;
      const { isOpen, sha: sha2 } = await newestCommit(client, target);
      return (isOpen || asked.isMerged) && sha2 === asked.sha ? { by: comment2.author.login, reason, url: comment2.url } : void 0;
    }
    return void 0;
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(`Whether somebody accepted this could not be found out: ${error2.message}`);
    return void 0;
  }
}
async function askedFor(occasion) {
  const { trigger, client, repository: repository2, run, env } = occasion;
  if (trigger.kind === "pull-request") {
    if (trigger.since !== void 0) return { number: trigger.number, sha: trigger.range.head, since: trigger.since };
    if (trigger.closed || run.attempt === 1) return void 0;
    const { createdAt } = await workflowRun(client, repository2, run.id);
    return { number: trigger.number, sha: trigger.range.head, since: createdAt };
  }
  const pull = await pullBehind(occasion);
  const path = workflowPath(repository2, env["GITHUB_WORKFLOW_REF"] ?? "");
  const first = pull && path !== void 0 ? (await runsOn(client, repository2, pull.sha, path))[0] : void 0;
  return pull && first && { ...pull, since: first.createdAt };
}
async function pullBehind({ trigger, client, repository: repository2 }) {
  if (trigger.kind === "push" && trigger.ref === `refs/heads/${trigger.defaultBranch}`) {
    const pull = await mergedAs(client, repository2, trigger.range.head);
    return pull && { ...pull, isMerged: true };
  }
  if (trigger.kind !== "merge-group" || trigger.number === void 0) return void 0;
  const { sha: sha2 } = await newestCommit(client, { owner: repository2.owner, repo: repository2.name, number: trigger.number });
  return { number: trigger.number, sha: sha2 };
}
function acceptances(comments, since) {
  return comments.toReversed().flatMap((comment2) => {
    const isPersons = comment2.author?.type === "User" && /^[\w-]{1,100}$/.test(comment2.author.login);
    if (!isPersons || !(Date.parse(comment2.createdAt) > Date.parse(since))) return [];
    const parsed3 = parseCommand(comment2.body);
    const isAcceptance = parsed3.kind === "command" && parsed3.command.verb === "accept";
    return isAcceptance ? [{ comment: comment2, reason: parsed3.command.reason }] : [];
  });
}

// src/action/comment.ts
import { posix } from "node:path";

// src/edges/github/state.ts
var amount = number().nonnegative();
var spendSchema = object({
  calls: int().nonnegative(),
  inputTokens: int().nonnegative(),
  outputTokens: int().nonnegative(),
  costUsd: amount.optional(),
  minutes: amount
});
var stateSchema = object({ spent: spendSchema.optional().catch(void 0) });
var mostCharacters = 4e3;
var mark = /<!-- prompt-ratchet-state:1 (\{.*\}) -->$/;
function stateMark(state) {
  const json3 = JSON.stringify(state).replace(/[<>]/g, (sign2) => `\\u00${sign2.charCodeAt(0).toString(16)}`);
  return json3.length > mostCharacters ? "" : `<!-- prompt-ratchet-state:1 ${json3} -->`;
}
function readState(body) {
  const [, json3 = ""] = mark.exec(firstLine(body)) ?? [];
  if (json3.length > mostCharacters) return {};
  try {
    return stateSchema.safeParse(JSON.parse(json3)).data ?? {};
  } catch {
    return {};
  }
}
function withState(body, state) {
  const line = firstLine(body);
  return line.replace(mark, "") + stateMark(state) + body.slice(line.length);
}
var firstLine = (body) => /^[^\r\n]*/.exec(body)[0];

// src/edges/github/comment.ts
async function upsertComment(client, target, own) {
  try {
    return await upsert(client, target, own);
  } catch (error2) {
    if (!isForbidden(error2)) throw error2;
    return { kind: "forbidden", sentence: forbiddenSentence(error2) };
  }
}
async function findComment(client, target, key) {
  const [comment2] = await ours(client, await listComments(client, target), key);
  return comment2;
}
async function upsert(client, target, own) {
  const { key, create, objection } = own;
  const standing = await ours(client, await listComments(client, target), key);
  const [first] = standing;
  const state = own.state?.(readState(first?.body ?? ""));
  const text = `${marker(key)}${state === void 0 ? "" : stateMark(state)}
${own.body}`;
  if (first === void 0 && !create) return { kind: "none" };
  if (first !== void 0 && sameText(first.body, text)) return { kind: "unchanged", url: first.url };
  const sentence = await objection();
  if (sentence !== void 0) {
    if (first && state && own.keepsState) await updateComment(client, target, first, withState(first.body, state));
    return { kind: "withheld", sentence };
  }
  for (const comment2 of standing) {
    const updated = await updateComment(client, target, comment2, text);
    if (updated === void 0) continue;
    await deleteAll(client, target, duplicates(standing, updated, key));
    return { kind: "updated", url: updated.url };
  }
  const created = await createdOnce(client, target, key, text);
  return { kind: "created", url: (await leftAlone(client, target, key, created, text)).url };
}
async function createdOnce(client, target, key, text, retries = 2) {
  try {
    return await createComment(client, target, text);
  } catch (error2) {
    if (!failedHalfWay(error2) || retries === 0) throw error2;
    const standing = await ours(client, await listComments(client, target), key);
    return standing.find(({ body }) => sameText(body, text)) ?? createdOnce(client, target, key, text, retries - 1);
  }
}
async function leftAlone(client, target, key, created, text) {
  const others = duplicates(await listComments(client, target), created, key);
  const older = others.find(({ id }) => id < created.id);
  const kept = (older && await updateComment(client, target, older, text)) ?? created;
  await deleteAll(
    client,
    target,
    [created, ...others].filter(({ id }) => id !== kept.id)
  );
  return kept;
}
function duplicates(comments, one, key) {
  return comments.filter(({ id, body, author }) => id !== one.id && bearsMarker(body, key) && author?.login === one.author?.login);
}
async function deleteAll(client, target, comments) {
  for (const comment2 of comments) await deleteComment(client, target, comment2);
}
function sameText(a, b) {
  return normalized(a) === normalized(b);
}
function normalized(text) {
  return text.replaceAll("\r\n", "\n").trim();
}
function failedHalfWay(error2) {
  return error2 instanceof GitHubRefusal && (error2.status === void 0 || error2.status >= 500);
}
function forbiddenSentence({ status, words }) {
  const why = /\blocked\b/i.test(words) ? "its conversation is locked" : "the job needs `permissions: pull-requests: write`, which runs of forks and of Dependabot do not get";
  return `The report could not be posted as a comment (GitHub answered ${status} "${words}"): ${why}.`;
}

// src/action/comment.ts
async function comment({ report: report2, run }, { inputs, trigger, client, repository: repository2, log }) {
  if (trigger.kind !== "pull-request" || trigger.closed || !inputs.comment) return;
  const target = { owner: repository2.owner, repo: repository2.name, number: trigger.number };
  try {
    const outcome = await upsertComment(client, target, {
      key: commentKey(inputs),
      body: renderComment(report2, run),
      create: report2.prompts.length > 0 || report2.problems.length > 0,
      objection: () => objectionTo(client, target, trigger.range.head),
      state: (standing) => ({ ...standing, spent: together(standing.spent, spendOf(run)) }),
      keepsState: run.pullRequest !== void 0
    });
    if ("sentence" in outcome) log.info(outcome.sentence);
    else if ("url" in outcome) log.info(`Comment ${outcome.kind}: ${outcome.url}`);
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(error2.message);
  }
}
async function earlierSpend({ inputs, trigger, client, repository: repository2, log }) {
  if (trigger.kind !== "pull-request") return void 0;
  const target = { owner: repository2.owner, repo: repository2.name, number: trigger.number };
  try {
    const standing = await findComment(client, target, commentKey(inputs));
    return standing === void 0 && trigger.opened ? nothingSpent : readState(standing?.body ?? "").spent;
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(error2.message);
    return void 0;
  }
}
var nothingSpent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, minutes: 0 };
function commentKey({ workingDirectory, config, commentKey: commentKey2 }) {
  const file = posix.join(workingDirectory, config);
  return commentKey2 === "" ? file : `${file} ${commentKey2}`;
}

// src/action/history.ts
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";

// src/edges/actions/cache.ts
import { existsSync } from "node:fs";
function offersCache(env) {
  return Boolean(env["ACTIONS_RESULTS_URL"] || env["ACTIONS_CACHE_URL"]);
}
async function restoreFolder(folder, prefixes, warn) {
  if (existsSync(folder)) return;
  try {
    const { restoreCache } = await import("./chunks/cache-EYN7L7TV.js");
    await restoreCache([folder], prefixes[0], [...prefixes]);
  } catch (error2) {
    warn(`The cache could not be restored: ${String(error2)}`);
  }
}
async function saveFolder(folder, key, warn) {
  if (!existsSync(folder)) return;
  try {
    const { saveCache } = await import("./chunks/cache-EYN7L7TV.js");
    await saveCache([folder], key);
  } catch (error2) {
    warn(`The cache could not be saved: ${String(error2)}`);
  }
}

// src/jobs/history.ts
var lineSchema = object({
  prompt: string().min(1).max(1e3),
  model: string().max(300),
  sha: string().regex(/^[0-9a-f]{40,64}$/),
  verdict: string().max(40),
  score: number().min(0).max(1),
  n: int().nonnegative(),
  acceptedBy: string().max(100).optional(),
  reason: string().max(300).optional()
});
var MOST_POINTS = 30;
var MOST_LINES = 5e3;
function parseHistory(jsonl) {
  return jsonl.split("\n").slice(-MOST_LINES).flatMap((line) => {
    try {
      return lineSchema.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
}
function historyWith(lines, report2) {
  const added = report2.prompts.flatMap((prompt2) => lineOf(prompt2, report2));
  const isAgain = ({ prompt: prompt2, sha: sha2 }) => added.some((one) => one.prompt === prompt2 && one.sha === sha2);
  const all = [...lines.filter((line) => !isAgain(line)), ...added];
  const kept = /* @__PURE__ */ new Map();
  const isKept = ({ prompt: prompt2 }) => {
    const count6 = (kept.get(prompt2) ?? 0) + 1;
    kept.set(prompt2, count6);
    return count6 <= MOST_POINTS;
  };
  return all.toReversed().filter(isKept).slice(0, MOST_LINES).toReversed();
}
var historyJsonl = (lines) => lines.map((line) => `${JSON.stringify(line)}
`).join("");
function withTrend(report2, lines) {
  const prompts = report2.prompts.map((prompt2) => {
    const trend = trendOf(prompt2, lines);
    return trend.length === 0 || prompt2.head === void 0 ? prompt2 : { ...prompt2, trend };
  });
  return { ...report2, prompts };
}
function trendOf({ path, previousPath, models }, lines) {
  return lines.filter(({ prompt: prompt2, model }) => (prompt2 === path || prompt2 === previousPath) && model === models?.head).map(({ sha: sha2, score }) => ({ sha: sha2, score }));
}
function lineOf({ path, verdict: verdict2, head, models }, { head: { sha: sha2 }, accepted: accepted2 }) {
  const line = {
    prompt: path,
    model: models?.head,
    sha: sha2,
    verdict: verdict2,
    score: head?.score,
    n: head?.n,
    acceptedBy: accepted2?.by,
    reason: accepted2?.reason
  };
  return lineSchema.safeParse(line).data === void 0 ? [] : [lineSchema.parse(line)];
}

// src/action/history.ts
var FORMAT = "prompt-ratchet-history-1";
var FILE = "history.jsonl";
async function withHistory(report2, occasion) {
  const { inputs, env, log } = occasion;
  const folder = join(env["RUNNER_TEMP"] ?? "", FORMAT);
  const isMeasured = report2.prompts.some(({ head }) => head !== void 0);
  if (!isMeasured || !inputs.cache || !env["RUNNER_TEMP"] || !offersCache(env)) return report2;
  const warn = (sentence) => log.warning(sentence);
  const prefix = `${FORMAT}-${createHash("sha256").update(`${inputs.workingDirectory}
${inputs.config}
${inputs.commentKey}`).digest("hex").slice(0, 16)}-`;
  await restoreFolder(folder, [prefix], warn);
  const lines = parseHistory(await readTextIfThere(join(folder, FILE)));
  if (isOfDefaultBranch(occasion)) await keep(historyWith(lines, report2), folder, prefix, warn);
  return withTrend(report2, lines);
}
function isOfDefaultBranch({ trigger }) {
  return trigger.kind === "push" && trigger.ref === `refs/heads/${trigger.defaultBranch}`;
}
async function keep(lines, folder, prefix, warn) {
  await makeFolder(folder, "RUNNER_TEMP");
  await writeFiles(folder, { [FILE]: historyJsonl(lines) });
  await saveFolder(folder, prefix + randomBytes(8).toString("hex"), warn);
}

// src/action/outcomes.ts
import { createHash as createHash2 } from "node:crypto";

// src/edges/actions/artifact.ts
import { join as join2 } from "node:path";
var LONGEST_UPLOAD_MS = 6e4;
async function uploadFiles(name, folder, files, env) {
  if (!env["ACTIONS_RUNTIME_TOKEN"] || !env["ACTIONS_RESULTS_URL"])
    return { kind: "none", sentence: "The report is not kept as an artifact: this runner offers no service for it." };
  try {
    const { DefaultArtifactClient } = await import("./chunks/artifact-WAC6KROB.js");
    const paths2 = files.map((file) => join2(folder, file));
    const { id } = await inTime(new DefaultArtifactClient().uploadArtifact(name, paths2, folder));
    if (id === void 0) throw new Error("it has no id");
    return { kind: "uploaded", id };
  } catch (error2) {
    const why = error2 instanceof Error ? error2.message : String(error2);
    return { kind: "none", sentence: `The report is not kept as an artifact: ${oneLine2(why)}.` };
  }
}
async function inTime(upload) {
  let timer;
  const late = new Promise((_done, fail) => {
    timer = setTimeout(() => fail(new Error(`it took longer than ${LONGEST_UPLOAD_MS / 1e3} s`)), LONGEST_UPLOAD_MS);
  });
  return Promise.race([upload, late]).finally(() => clearTimeout(timer));
}
var oneLine2 = (text) => text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim().replace(/[.:]+$/, "").slice(0, 300);

// src/edges/github/artifacts.ts
var artifactReply = object({
  id: int(),
  size_in_bytes: number(),
  expired: boolean(),
  workflow_run: object({ id: int(), repository_id: int(), head_repository_id: int() }).nullish()
}).transform(({ id, size_in_bytes, expired, workflow_run }) => ({
  id,
  sizeBytes: size_in_bytes,
  runId: workflow_run?.id,
  isOwn: !expired && workflow_run != null && workflow_run.repository_id === workflow_run.head_repository_id
}));
async function ownArtifacts({ rest }, { owner, name }, artifact) {
  const { data } = await rest.actions.listArtifactsForRepo({ owner, repo: name, name: artifact, per_page: 100 });
  const { artifacts } = understood(object({ artifacts: array(artifactReply) }), data, `artifacts named ${artifact}`);
  return artifacts.flatMap(({ isOwn, runId, id, sizeBytes }) => isOwn && runId !== void 0 ? [{ id, runId, sizeBytes }] : []).sort((a, b) => b.id - a.id);
}
async function downloadArtifact({ rest }, { owner, name }, id) {
  const { data } = await rest.actions.downloadArtifact({ owner, repo: name, artifact_id: id, archive_format: "zip" });
  return Buffer.from(understood(_instanceof(ArrayBuffer), data, `artifact ${id}`));
}

// src/edges/zip.ts
import { crc32, inflateRawSync } from "node:zlib";
var END = 101010256;
var ENTRY = 33639248;
var LOCAL = 67324752;
var TAIL_BYTES = 22 + 65535;
var MOST_ENTRIES = 100;
function fileInZip(archive, name, mostBytes) {
  try {
    const entries = entriesOf(archive);
    if (typeof entries === "string") return { fault: entries };
    const foreign = entries.find((entry2) => /^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(entry2.name));
    if (foreign !== void 0) return { fault: "names a path outside of itself" };
    if (new Set(entries.map((entry2) => entry2.name)).size < entries.length) return { fault: "holds two files of one name" };
    const entry = entries.find((one) => one.name === name);
    return entry === void 0 ? { fault: `holds no ${name}` } : unpacked(archive, entry, mostBytes);
  } catch (error2) {
    if (codeOf(error2) === "ERR_OUT_OF_RANGE") return { fault: "is broken" };
    throw error2;
  }
}
function entriesOf(archive) {
  const end = archive.lastIndexOf(signature(END));
  if (end < 0 || end < archive.length - TAIL_BYTES) return "is no zip archive";
  const count6 = archive.readUInt16LE(end + 10);
  if (count6 > MOST_ENTRIES) return `holds more than ${MOST_ENTRIES} files`;
  const entries = [];
  let at = archive.readUInt32LE(end + 16);
  for (let nth = 0; nth < count6; nth++) {
    if (archive.readUInt32LE(at) !== ENTRY) return "is broken";
    const lengths = [28, 30, 32].map((field2) => archive.readUInt16LE(at + field2));
    entries.push({
      name: archive.toString("utf8", at + 46, at + 46 + lengths[0]),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42)
    });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}
function unpacked(archive, { name, method, crc, packed, offset }, mostBytes) {
  if (archive.readUInt32LE(offset) !== LOCAL) return { fault: "is broken" };
  const from = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const content = archive.subarray(from, from + packed);
  const bytes = method === 8 ? inflated(content, mostBytes) : method === 0 ? content : void 0;
  if (bytes === "too large" || bytes && bytes.length > mostBytes)
    return { fault: `holds a ${name} that unpacks to more than ${mostBytes} bytes` };
  return bytes !== void 0 && crc32(bytes) === crc ? { bytes } : { fault: `holds a ${name} that cannot be unpacked` };
}
function inflated(content, maxOutputLength) {
  try {
    return inflateRawSync(content, { maxOutputLength });
  } catch (error2) {
    return codeOf(error2) === "ERR_BUFFER_TOO_LARGE" ? "too large" : void 0;
  }
}
var codeOf = (error2) => typeof error2 === "object" && error2 !== null && "code" in error2 ? error2.code : void 0;
function signature(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

// src/report/schema/judges.ts
var count = int().nonnegative();
var estimate = object({ estimate: number(), lower: number(), upper: number() }).meta({ id: "estimate" });
var agreement = object({
  labels: count,
  alpha: estimate.exactOptional(),
  kappa: estimate.exactOptional(),
  rank: estimate.exactOptional(),
  raw: estimate,
  passes: object({ people: number(), judge: number() }),
  bias: estimate,
  criteria: array(object({ criterion: string(), labels: count, kappa: estimate.exactOptional(), alpha: estimate.exactOptional() }))
}).meta({ id: "agreement", description: "How the judge’s grades stand to people’s." });
var noise = object({
  answers: count,
  moved: count,
  meanMove: number(),
  difference: object({ estimate: number(), lower: number(), upper: number(), level: number() })
});
var position = object({ verdicts: count, flipped: count, rate: estimate });
var distrust = union([
  object({ why: literal("unlabelled") }),
  object({ why: literal("ungraded"), sentence: string().exactOptional() }),
  object({ why: literal("few-labels"), labels: count, least: count }),
  object({ why: literal("uniform-labels"), labels: count }),
  object({ why: literal("weak"), lower: number(), least: number() })
]).meta({ id: "distrust" });
var judge = object({
  models: array(string()),
  criteria: array(string()),
  agreement: agreement.exactOptional(),
  distrust: distrust.exactOptional(),
  noise: noise.exactOptional(),
  position: position.exactOptional()
}).meta({ id: "judge" });

// src/report/schema/because.ts
var count2 = int().nonnegative();
var ids = array(string());
var rule = (name, found) => object({ rule: literal(name), ...found });
var bare = (name) => object({ rule: literal(name) });
var cap = _enum({
  calls: "calls",
  inputTokens: "inputTokens",
  outputTokens: "outputTokens",
  costUsd: "costUsd",
  minutes: "minutes",
  inputTokensPerTrial: "inputTokensPerTrial",
  outputTokensPerTrial: "outputTokensPerTrial"
});
var shapes = {
  "lower-above-zero": bare("lower-above-zero"),
  "lower-above-margin": rule("lower-above-margin", { equivalent: boolean(), worse: boolean() }),
  "upper-below-zero": bare("upper-below-zero"),
  "interval-too-wide": rule("interval-too-wide", { moreExamples: count2, repeats: count2.exactOptional() }),
  "too-few-examples": rule("too-few-examples", { examples: count2 }),
  "stopped-early": rule("stopped-early", { examples: count2, of: count2 }),
  "slice-regressed": rule("slice-regressed", { slice: string() }),
  "slice-worse": rule("slice-worse", { slice: string() }),
  "slice-unproven": rule("slice-unproven", { slice: string(), margin: number() }),
  "slice-too-small": rule("slice-too-small", { slice: string(), examples: count2 }),
  "too-few-clusters": rule("too-few-clusters", { clusters: count2 }),
  "few-clusters": rule("few-clusters", { clusters: count2 }),
  "invalid-scores": rule("invalid-scores", { exampleIds: ids }),
  "uneven-repeats": rule("uneven-repeats", { exampleIds: ids }),
  "threshold-missed": rule("threshold-missed", { metric: string(), threshold: number(), value: number() }),
  "threshold-unmeasured": rule("threshold-unmeasured", { metric: string(), threshold: number() }),
  "pairs-missing": rule("pairs-missing", { missing: count2, total: count2, exampleIds: ids }),
  budget: rule("budget", {
    cap,
    allowed: number(),
    needed: number(),
    pullRequest: object({ cap: number(), earlier: number() }).exactOptional(),
    exampleId: string().exactOptional(),
    breach: object({ model: string(), amount: _enum(["inputTokens", "outputTokens"]), reserved: number(), used: number() }).exactOptional()
  }),
  "cap-accepted": bare("cap-accepted"),
  "provider-dead": rule("provider-dead", { sentence: string() }),
  "advisory-judge": rule("advisory-judge", { left: _enum(["scorers", "constraints", "nothing"]), distrust }),
  "new-prompt": bare("new-prompt"),
  "deleted-prompt": bare("deleted-prompt"),
  "no-eval-set": rule("no-eval-set", { expectedPath: string() }),
  "same-requests": bare("same-requests"),
  "no-key": bare("no-key"),
  "no-functions": bare("no-functions"),
  policy: rule("policy", { key: _enum(["onInconclusive", "onNew", "onDeleted", "onMissingEvals"]) }),
  "bad-input": rule("bad-input", { sentences: array(string()) })
};
var because = union(Object.values(shapes)).meta({ id: "because", description: "Why, by rule; docs/verdict.md says what each means." });

// src/report/schema/tables.ts
var count3 = int().nonnegative();
var rate = number().nullable().transform((value) => value ?? Number.NaN);
var rates = { precision: rate, recall: rate, f1: rate };
var label = object({ label: string(), support: number(), predicted: number(), ...rates });
var field = object({
  field: string(),
  correct: count3,
  wrong: count3,
  missing: count3,
  spurious: count3,
  ...rates
});
var bin = object({
  from: number(),
  to: number(),
  weight: number(),
  meanConfidence: number(),
  accuracy: number()
});
var cell = object({
  expected: string(),
  named: string().nullable(),
  base: number().exactOptional(),
  head: number().exactOptional()
});
var table = union([
  object({
    kind: literal("labels"),
    rows: array(object({ label: string(), base: label.exactOptional(), head: label.exactOptional() }))
  }),
  object({ kind: literal("confusion"), labels: array(string()), cells: array(cell) }),
  object({ kind: literal("reliability"), base: array(bin).exactOptional(), head: array(bin).exactOptional() }),
  object({
    kind: literal("fields"),
    rows: array(object({ field: string(), base: field.exactOptional(), head: field.exactOptional() }))
  })
]).meta({ id: "table" });

// src/report/schema/comparison.ts
var count4 = int().nonnegative();
var ids2 = array(string());
var methods = {
  tango: "tango",
  "paired-t": "paired-t",
  "pseudo-pair": "pseudo-pair",
  "cluster-t": "cluster-t",
  cmh: "cmh"
};
var interval = { estimate: number(), lower: number(), upper: number(), level: number() };
var arm = object({ score: number(), n: count4, lower: number(), upper: number() }).meta({ id: "arm", description: "A mean score with its own 95 % interval, which is not for comparing." });
var effect = object({
  ...interval,
  method: _enum(methods),
  alpha: number(),
  margin: number(),
  wins: count4,
  losses: count4,
  ties: count4,
  missing: count4
}).meta({ id: "effect", description: "The paired difference head − base over the examples, in fractions." });
var difference = object({
  ...interval,
  method: _enum({ ...methods, "paired-bootstrap": "paired-bootstrap" })
});
var metric = object({
  name: string(),
  base: number().exactOptional(),
  head: number().exactOptional(),
  threshold: number().exactOptional(),
  difference: difference.exactOptional()
}).meta({ id: "metric" });
var criterion = object({
  name: string(),
  examples: count4,
  base: number().exactOptional(),
  head: number().exactOptional(),
  difference: difference.exactOptional()
}).meta({
  id: "criterion",
  description: "`examples`: those with a value on both sides, else on either; an answer that breaks a constraint has none."
});
var constraint = object({ name: string(), base: count4, head: count4, fresh: count4, ids: ids2.exactOptional() }).meta({ id: "constraint", description: "Answers that broke it on either side; `fresh`: examples on which only the head did." });
var slice = object({ name: string(), protected: boolean().exactOptional(), base: arm, head: arm, effect }).meta({ id: "slice" }).transform(({ protected: isProtected, ...rest }) => ({ ...rest, ...isProtected !== void 0 && { isProtected } }));
var json2 = json().meta({ id: "json" });
var answer = object({ score: number(), answer: string().exactOptional(), reason: string().exactOptional() }).meta({ id: "answer" });
var flip = object({
  id: string(),
  change: _enum(["regressed", "fixed"]),
  flaky: boolean().exactOptional(),
  input: string().exactOptional(),
  expected: json2.exactOptional(),
  base: answer,
  head: answer
}).meta({ id: "example" });
var design = object({
  earlyStop: object({ alpha: number(), stopped: object({ examples: count4, of: count4 }).exactOptional() }).exactOptional(),
  settle: object({ repeats: array(count4), alpha: number(), looks: count4, cut: _enum(["caps", "failures"]).exactOptional() }).exactOptional()
}).meta({ id: "design" });
var comparison = {
  evalSet: object({ path: string(), digest: string(), examples: count4 }).exactOptional(),
  models: object({ base: string().exactOptional(), head: string() }).exactOptional(),
  base: arm.exactOptional(),
  head: arm.exactOptional(),
  effect: effect.exactOptional(),
  outlook: object({ resolvableDrop: number(), moreExamples: count4, repeats: count4.exactOptional() }).exactOptional(),
  flaky: object({ base: ids2, head: ids2 }).exactOptional(),
  design: design.exactOptional(),
  metrics: array(metric),
  criteria: array(criterion).exactOptional(),
  judges: array(judge).exactOptional(),
  tables: array(table).exactOptional(),
  slices: array(slice),
  constraints: array(constraint).exactOptional(),
  examples: array(flip).describe("Those whose score differs, worst first, at most 200.")
};

// src/report/schema/report.ts
var count5 = int().nonnegative();
var sentences = array(string());
var verdicts = {
  improved: "improved",
  "no-worse": "no-worse",
  regressed: "regressed",
  inconclusive: "inconclusive",
  "not-evaluated": "not-evaluated",
  "could-not-measure": "could-not-measure",
  "bad-input": "bad-input"
};
var verdict = _enum(verdicts).meta({ id: "verdict" });
var revision = object({ sha: string().describe("A commit, or a name such as `working tree`.") });
var judged = { verdict, because: array(because) };
var edit = object({
  path: string(),
  previousPath: string().exactOptional(),
  hunks: array(
    object({
      oldStart: count5,
      oldCount: count5,
      newStart: count5,
      newCount: count5,
      oldLines: array(string()),
      newLines: array(string())
    })
  )
}).meta({ id: "edit" });
var price = object({
  model: string(),
  inputPer1M: number(),
  outputPer1M: number(),
  list: object({ name: string(), date: string() }).exactOptional()
}).meta({ id: "price", description: "US dollars per million tokens; `list`: the published table it comes from, absent for the settings." });
var usage = object({ inputTokens: number(), outputTokens: number(), usdPer1000: number().exactOptional() }).meta({ id: "usage", description: "Tokens of a call on average, and US dollars of a thousand calls." });
var prompt = object({
  path: string(),
  previousPath: string().exactOptional(),
  status: _enum(["added", "modified", "removed", "renamed", "affected"]),
  passed: boolean(),
  accepted: boolean().exactOptional().describe("Whether it passes only because somebody accepted that."),
  ...judged,
  ...comparison,
  edits: array(edit).exactOptional().describe("What was done to the prompt's file and to partials it draws in."),
  usage: object({ base: usage.exactOptional(), head: usage }).exactOptional().describe("What a call of each side takes on average."),
  trend: array(object({ sha: string(), score: number() })).exactOptional().describe("Scores at earlier commits of the default branch, oldest first."),
  notes: sentences,
  advisory: object({ ...judged, ...comparison }).exactOptional().describe("The same as it would be judged if advisory judges had a say: information."),
  proposed: object({ ...judged, ...comparison }).exactOptional().describe("The same under the pull request's own eval set and settings: information.")
});
var report = object({
  schemaVersion: literal(1),
  verdict,
  passed: boolean(),
  exitCode: literal([0, 1, 2, 3]),
  digest: string().exactOptional().describe("SHA-256 of everything that decides, but for the answers: equal digests, equal questions, models, rules and version."),
  base: revision,
  head: revision,
  policy: revision.describe("Where settings and eval sets came from."),
  problems: sentences.describe("What kept the run from beginning."),
  warnings: sentences.describe("What a reviewer must know first."),
  notes: sentences,
  prices: array(price).exactOptional(),
  accepted: object({ by: string(), reason: string(), url: string() }).exactOptional().describe("Who let what blocks pass, for this commit alone."),
  prompts: array(prompt).describe("In path order.")
});
function parseReport(text) {
  try {
    const { schemaVersion: _version, ...rest } = report.parse(JSON.parse(text));
    return rest;
  } catch (error2) {
    if (error2 instanceof SyntaxError || error2 instanceof ZodError) return void 0;
    throw error2;
  }
}

// src/action/outcomes.ts
var MOST_PACKED_BYTES = 64e6;
var MOST_REPORT_BYTES = 4e7;
var MOST_ARTIFACTS = 5;
var believedEvents = /* @__PURE__ */ new Set(["pull_request", "push", "merge_group"]);
var nameOf = (digest) => `prompt-ratchet-${digest.slice(0, 32)}`;
async function keepOutcomes({ report: report2, trials }, files, occasion) {
  const { inputs, env, log, run } = occasion;
  if (!inputs.artifact || files === void 0 || trials.length === 0) return void 0;
  const name = nameOf(report2.digest ?? createHash2("sha256").update(reportJson(report2)).digest("hex"));
  const uploaded = await uploadFiles(name, files.folder, files.names, env);
  if (uploaded.kind === "uploaded") return `${run.url}/artifacts/${uploaded.id}`;
  log.info(uploaded.sentence);
  return void 0;
}
function recallFrom(occasion) {
  return occasion.trigger.kind === "merge-group" ? { recall: (digest) => recalledFrom(digest, occasion) } : {};
}
async function* recalledFrom(digest, occasion) {
  const { client, repository: repository2, log } = occasion;
  try {
    const found = await ownArtifacts(client, repository2, nameOf(digest));
    for (const artifact of found.slice(0, MOST_ARTIFACTS)) {
      const report2 = await reportIn(artifact, digest, occasion);
      if (typeof report2 !== "string") yield report2;
      else log.warning(`Artifact ${artifact.id} of run ${artifact.runId} is not used: ${report2}.`);
    }
  } catch (error2) {
    if (!(error2 instanceof UserError)) throw error2;
    log.warning(`Earlier runs could not be looked at, so everything is asked again: ${error2.message}`);
  }
}
async function reportIn({ id, runId, sizeBytes }, digest, occasion) {
  const { client, repository: repository2 } = occasion;
  const distrust2 = await whyNotBelieved(runId, occasion);
  if (distrust2 !== void 0) return distrust2;
  if (sizeBytes > MOST_PACKED_BYTES) return `it is larger than ${MOST_PACKED_BYTES} bytes`;
  const file = fileInZip(await downloadArtifact(client, repository2, id), "report.json", MOST_REPORT_BYTES);
  if ("fault" in file) return `it ${file.fault}`;
  const report2 = parseReport(file.bytes.toString("utf8"));
  if (report2 === void 0) return "its report.json is none of this version";
  return report2.digest === digest ? { report: report2, runId } : "its report is of something else than its name says";
}
async function whyNotBelieved(runId, { client, repository: repository2, env, trigger }) {
  const path = workflowPath(repository2, env["GITHUB_WORKFLOW_REF"] ?? "");
  if (path === void 0) return "it is not known which workflow this is";
  const run = await workflowRun(client, repository2, runId);
  if (!run.isOwn) return "the run is a fork’s";
  if (!believedEvents.has(run.event)) return "the run was not started by a pull request, a push or a merge queue";
  if (run.path !== path) return "the run is another workflow’s";
  const [there, here] = await Promise.all([run.headSha, trigger.range.head].map((sha2) => fileId(client, repository2, path, sha2)));
  return there !== void 0 && there === here ? void 0 : "the workflow’s file was another then";
}

// src/action/publish.ts
import { join as join3 } from "node:path";

// src/edges/actions/publish.ts
async function publishToRunner({ log, summary: summary2, sentence, level, outputs }) {
  info(log);
  if (level === "error") error(sentence);
  if (level === "warning") warning(sentence);
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  await summary.addRaw(summary2, true).write().catch(() => warning("The job summary could not be written; the report is in the log."));
}

// src/action/publish.ts
async function publish({ report: report2, run }, files) {
  await publishToRunner({
    log: renderLog(report2, run),
    summary: renderSummary(report2, run),
    ...annotation(report2),
    outputs: { ...actionOutputs(report2, run), ...paths(files?.folder) }
  });
  return report2.exitCode;
}
async function keepFiles(checked, { env, log }, root = "") {
  try {
    const folder = await freshFolder(env["RUNNER_TEMP"] ?? ".", "prompt-ratchet");
    const files = filesOf(checked, root);
    await writeFiles(folder, files);
    return { folder, names: Object.keys(files) };
  } catch (error2) {
    log.warning(`The report's files could not be written: ${error2 instanceof Error ? error2.message : String(error2)}`);
    return void 0;
  }
}
function paths(folder) {
  const at = (name) => folder === void 0 ? "" : join3(folder, name);
  return { "report-json": at("report.json"), "junit-xml": at("junit.xml"), sarif: at("report.sarif") };
}
async function publishShard(asked, folder) {
  await publishToRunner({
    log: shardLog(asked),
    summary: shardSummary(asked),
    sentence: shardLog(asked),
    level: asked.exitCode === 0 ? asked.stopped === void 0 ? "notice" : "warning" : "error",
    outputs: { calls: String(asked.calls), "cost-usd": String(asked.costUsd ?? ""), shard: folder }
  });
}
async function publishIdle(sentence) {
  const outputs = { verdict: "not-evaluated", passed: "true", results: "[]", ...paths(void 0), "cost-usd": "0", calls: "0" };
  await publishToRunner({ log: sentence, summary: sentence, sentence, level: "notice", outputs });
  return 0;
}

// src/action/announce.ts
var PATIENCE_MS = 3e3;
async function announce(found, occasion) {
  const report2 = await withHistory(accepted(found.report, await acceptanceFor(found.report, occasion)), occasion);
  const measured = { ...found, report: report2 };
  const files = await keepFiles(measured, occasion, rootOf(occasion.inputs));
  const artifactUrl = await keepOutcomes(measured, files, occasion);
  const checked = { ...measured, run: { ...measured.run, ...artifactUrl !== void 0 && { artifactUrl } } };
  await comment(checked, occasion);
  await checkRun(checked, occasion);
  return publish(checked, files);
}
async function announceHurriedly(checked, occasion) {
  const exitCode = await publish(checked, await keepFiles(checked, occasion, rootOf(occasion.inputs)));
  const over = new AbortController();
  const told2 = Promise.all([comment(checked, occasion), checkRun(checked, occasion)]).then(() => true);
  const inTime2 = await Promise.race([told2, wait2(PATIENCE_MS, false, { signal: over.signal })]);
  over.abort();
  if (!inTime2) occasion.log.warning("The run was cancelled, and GitHub has not taken the report within the time that leaves.");
  return exitCode;
}

// src/action/memory.ts
import { createHash as createHash3, randomBytes as randomBytes2 } from "node:crypto";
import { isAbsolute, join as join4, relative, resolve } from "node:path";
var FORMAT2 = "prompt-ratchet-1";
function openMemory({ inputs, env, log }, shard) {
  const warn = (sentence) => log.warning(sentence);
  const prefix = `${FORMAT2}-${digestOf(inputs.workingDirectory, inputs.config, ...shard === void 0 ? [] : [shard])}-`;
  let kept;
  return {
    world: {
      openAnswers: async (endpoint, settings) => {
        const place = placeOf(settings, inputs.cache, env);
        if (place === void 0) return void 0;
        const isLent = place.isTemporary && offersCache(env);
        if (isLent) await restoreFolder(place.folder, [prefix], warn);
        const cache = openCache(place.folder, { endpoint, maxMb: settings.cache.maxMb, warn });
        if (isLent) kept = { folder: place.folder, hasNews: () => cache.bytesKept > 0 };
        return cache;
      },
      openJournal: (plan, settings) => {
        const place = placeOf(settings, inputs.cache, env);
        return place && openJournal(join4(place.folder, "runs"), plan);
      },
      openRecorder: () => inputs.record === "" ? void 0 : openRecorder(resolve(inputs.record), warn)
    },
    save: async () => {
      if (!kept?.hasNews()) return;
      const run = [env["GITHUB_RUN_ID"], env["GITHUB_RUN_ATTEMPT"], randomBytes2(4).toString("hex")];
      await saveFolder(kept.folder, prefix + run.join("-"), warn);
    }
  };
}
function placeOf({ cache }, isOn, env) {
  if (!isOn || cache.off) return void 0;
  if (cache.dir !== void 0 && isAbsolute(cache.dir) && !isBelow(env["GITHUB_WORKSPACE"], cache.dir))
    return { folder: cache.dir, isTemporary: false };
  const temporary = env["RUNNER_TEMP"];
  return temporary === void 0 ? void 0 : { folder: join4(temporary, "prompt-ratchet-cache"), isTemporary: true };
}
function isBelow(workspace, folder) {
  if (workspace === void 0) return false;
  const path = relative(workspace, folder);
  return !path.startsWith("..") && !isAbsolute(path);
}
var digestOf = (...parts) => createHash3("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);

// src/action/world.ts
import { resolve as resolve2 } from "node:path";

// src/edges/github/blobs.ts
import { createHash as createHash4 } from "node:crypto";
var MOST_BLOBS = 100;
var MOST_BYTES = 1e6;
function blobReader(client, repository2, objects) {
  let waiting = [];
  let queried = Promise.resolve();
  const oneByOne = (wanted) => {
    for (const { blob: blob2, give } of wanted) give(objects.blob(blob2.hash));
  };
  const flush = () => {
    const all = waiting;
    waiting = [];
    for (const batch of batches(all)) {
      if (batch.length === 1) oneByOne(batch);
      else queried = queried.then(() => together2(batch));
    }
  };
  const together2 = async (batch) => {
    const texts = await textsOf(client, repository2, batch);
    const missing = batch.filter(({ blob: { hash }, give }) => {
      const bytes = texts.get(hash);
      if (bytes !== void 0) give(Promise.resolve(bytes));
      return bytes === void 0;
    });
    oneByOne(missing);
  };
  return (blob2) => new Promise((give) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ blob: blob2, give });
  });
}
function batches(wanted) {
  const all = [];
  let room = 0;
  for (const one of wanted) {
    const bytes = one.blob.sizeBytes ?? MOST_BYTES;
    const last = all.at(-1);
    if (last === void 0 || last.length === MOST_BLOBS || bytes > room) {
      all.push([one]);
      room = MOST_BYTES - bytes;
    } else {
      last.push(one);
      room -= bytes;
    }
  }
  return all;
}
var reply = object({ repository: record(string(), object({ text: string().nullish() }).nullable()).nullable() });
async function textsOf(client, { owner, name }, batch) {
  const fields = batch.map(({ blob: blob2 }, index) => `b${index}: object(oid: ${JSON.stringify(blob2.hash)}) { ... on Blob { text } }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  const outcome = reply.safeParse(await client.graphql(query, { owner, name }).catch(() => void 0));
  const found = outcome.data?.repository ?? {};
  return new Map(
    batch.flatMap(({ blob: { hash } }, index) => {
      const text = found[`b${index}`]?.text;
      const bytes = typeof text === "string" ? Buffer.from(text) : void 0;
      return bytes !== void 0 && objectId(bytes, hash) === hash ? [[hash, bytes]] : [];
    })
  );
}
function objectId(bytes, like) {
  return createHash4(like.length === 64 ? "sha256" : "sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

// src/edges/github/changes.ts
function changesBelow(directory, files) {
  return files.flatMap((file) => {
    const path = below(directory, file.filename);
    const previousPath = below(directory, file.previous_filename ?? file.filename);
    switch (file.status) {
      case "unchanged":
        return [];
      case "renamed":
        return moved(previousPath, path);
      case "added":
      case "copied":
        return path === void 0 ? [] : [{ path, status: "added" }];
      default:
        return path === void 0 ? [] : [{ path, status: file.status === "removed" ? "removed" : "modified" }];
    }
  });
}
function mayBeLink({ patch, changes }) {
  return patch === void 0 ? changes === 0 : /^\\ No newline at end of file|^[+-]Subproject commit /m.test(patch);
}
function moved(from, to) {
  if (from !== void 0 && to !== void 0) return [{ path: to, previousPath: from, status: "renamed" }];
  if (to !== void 0) return [{ path: to, status: "added" }];
  return from === void 0 ? [] : [{ path: from, status: "removed" }];
}

// src/edges/github/listing.ts
var WORKFLOWS = ".github/workflows";
async function list(objects, treeish, directory) {
  const wanted = (folder) => [directory, WORKFLOWS].some((end) => onTheWay(folder, end));
  const entries = await walk(objects, treeish, "", wanted);
  const leaves = entries.flatMap(({ type, mode, path, sha: sha2, size }) => {
    const relative2 = type === "tree" ? void 0 : below(directory, path);
    return relative2 === void 0 ? [] : [{ isFile: mode.startsWith("100"), path: relative2, hash: sha2, sizeBytes: size }];
  });
  const files = leaves.flatMap(({ isFile, ...file }) => isFile ? [[file.path, file]] : []);
  const links = new Set(leaves.flatMap(({ isFile, path }) => isFile ? [] : [path]));
  return { files: new Map(files), links, workflows: entries.find(({ path }) => path === WORKFLOWS)?.sha };
}
function onTheWay(folder, end) {
  return folder === end || below(end, folder) !== void 0 || below(folder, end) !== void 0;
}
async function walk(objects, treeish, prefix, wanted) {
  const whole = await objects.tree(treeish, true);
  if (!whole.truncated) return whole.tree.map((entry) => ({ ...entry, path: prefix + entry.path }));
  const level = await objects.tree(treeish, false);
  if (level.truncated) throw new UserError({ file: prefix || ".", what: "the folder has more entries than GitHub lists" });
  const parts = level.tree.map(async (entry) => {
    const here = { ...entry, path: prefix + entry.path };
    if (entry.type !== "tree" || !wanted(here.path)) return [here];
    return [here, ...await walk(objects, entry.sha, `${here.path}/`, wanted)];
  });
  return (await Promise.all(parts)).flat();
}

// src/edges/github/objects.ts
var comparedFile = object({
  filename: string(),
  previous_filename: string().optional(),
  status: _enum(["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]),
  changes: number(),
  patch: string().optional()
});
var commit = object({ sha: string(), commit: object({ tree: object({ sha: string() }) }) });
var comparison2 = object({ base_commit: commit, merge_base_commit: commit, files: array(comparedFile).default([]) });
var treeEntry = object({ path: string(), mode: string(), type: string(), sha: string(), size: number().optional() });
var tree = object({ tree: array(treeEntry), truncated: boolean() });
var blob = object({ content: string(), encoding: _enum(["base64", "utf-8"]), size: number() });
var MOST_COMPARED_FILES = 300;
function gitObjects({ rest }, { owner, name }) {
  const repository2 = { owner, repo: name };
  return {
    async resolve(ref) {
      const { data } = await rest.repos.getCommit({ ...repository2, ref, mediaType: { format: "sha" } }).catch((error2) => unknownCommit(error2, `${owner}/${name}`, ref));
      return understood(string().regex(/^[0-9a-f]{40,64}$/), data, `commit ${ref}`);
    },
    async compare({ base, head }) {
      const { data } = await rest.repos.compareCommitsWithBasehead({ ...repository2, basehead: `${base}...${head}`, per_page: 1, page: 1 }).catch((error2) => unknownCommit(error2, `${owner}/${name}`, base, head));
      return understood(comparison2, data, `${base}...${head}`);
    },
    async tree(treeish, recursive) {
      const { data } = await rest.git.getTree({ ...repository2, tree_sha: treeish, ...recursive ? { recursive: "1" } : {} });
      return understood(tree, data, `tree ${treeish}`);
    },
    async blob(sha2) {
      const { data } = await rest.git.getBlob({ ...repository2, file_sha: sha2 });
      const { content, encoding, size } = understood(blob, data, `blob ${sha2}`);
      const bytes = Buffer.from(content, encoding);
      if (bytes.byteLength !== size) throw misunderstood(`blob ${sha2}`);
      return bytes;
    }
  };
}
function unknownCommit(error2, repository2, ...refs) {
  if (!(error2 instanceof GitHubRefusal) || error2.status !== 404) throw error2;
  const named = refs.map((ref) => `"${ref}"`).join(" and ");
  if (/no common ancestor/i.test(error2.words))
    throw new UserError({
      what: `${named} share no history in ${repository2}, so there is no base to compare with`,
      fix: "Name two related branches or commits."
    });
  throw new UserError({
    what: `${refs.length === 1 ? `${named} is no commit` : `one of ${named} is no commit`} in ${repository2} that the token may read`,
    fix: "Check that the branch still exists, and that the job has `permissions: contents: read`."
  });
}

// src/edges/github/revisions.ts
async function openRevisions(client, repository2, range, { workingDirectory }) {
  const directory = readDirectory(workingDirectory);
  const objects = gitObjects(client, repository2);
  const head = /^[0-9a-f]{40,64}$/.test(range.head) ? range.head : await objects.resolve(range.head);
  const { base_commit: tip, merge_base_commit: base, files } = await objects.compare({ base: range.base, head });
  const listing = remembered((treeish) => list(objects, treeish, directory), String);
  const bytesOf = blobReader(client, repository2, objects);
  const readBlob = remembered(
    async (blob2) => decoded(await bytesOf(blob2)),
    ({ hash }) => hash
  );
  const sides = { base: base.commit.tree.sha, head };
  const differences = files.length < MOST_COMPARED_FILES ? fromComparison(listing, sides, directory, files) : fromListings(listing, sides);
  const ends = () => both(listing, sides);
  return {
    base: tree2(base.sha, async () => (await ends())[0], readBlob),
    head: tree2(head, async () => (await ends())[1], readBlob),
    policy: tree2(tip.sha, () => listing(tip.commit.tree.sha), readBlob),
    ...await differences
  };
}
async function fromComparison(listing, sides, directory, files) {
  const changes = changesBelow(directory, files);
  const links = changesBelow(directory, files.filter(mayBeLink)).length > 0;
  const [base, head] = links ? await both(listing, sides) : [];
  return {
    changes: inPathOrder(base && head ? ofFiles(changes, base.files, head.files) : changes),
    touchesWorkflows: files.some((file) => isWorkflow(file.filename) || isWorkflow(file.previous_filename ?? file.filename))
  };
}
async function fromListings(listing, sides) {
  const [base, head] = await both(listing, sides);
  const isNowLink = ({ status, path }) => status === "removed" && head.links.has(path);
  const changes = diffTrees([...base.files.values()], [...head.files.values()]).map(
    (change) => isNowLink(change) ? { path: change.path, status: "modified" } : change
  );
  return { changes, touchesWorkflows: base.workflows !== head.workflows };
}
function isWorkflow(path) {
  return /^\.github(\/workflows(\/|$)|$)/.test(path);
}
async function both(listing, { base, head }) {
  return Promise.all([listing(base), listing(head)]);
}
function tree2(revision2, listing, readBlob) {
  return {
    revision: revision2,
    list: async () => [...(await listing()).files.keys()].sort(),
    read: async (path) => {
      const file = (await listing()).files.get(path);
      if (file === void 0) return void 0;
      assertReadable(path, file.sizeBytes ?? 0);
      const text = await readBlob(file);
      if (text === void 0) throw notText(path);
      return text;
    }
  };
}
function remembered(fetch, keyOf) {
  const known = /* @__PURE__ */ new Map();
  return (asked) => {
    const key = keyOf(asked);
    const answer2 = known.get(key) ?? fetch(asked);
    known.set(key, answer2);
    return answer2;
  };
}
function inPathOrder(changes) {
  return [...changes].sort((a, b) => a.path < b.path ? -1 : 1);
}

// src/action/world.ts
var DEFAULT_CONFIG = "prompt-ratchet.yml";
function requestOf(occasion) {
  const { inputs, trigger } = occasion;
  return {
    config: inputs.config || DEFAULT_CONFIG,
    configNamed: inputs.config !== "" && inputs.config !== DEFAULT_CONFIG,
    inputs: { ...inputs, prompts: trigger.kind === "dispatch" && trigger.prompts || inputs.prompts },
    withoutKey: isWithoutKey(occasion),
    withoutFunctions: isStrangers(occasion),
    onlyTexts: isStrangers(occasion),
    spelled: (input) => input
  };
}
function worldOf(occasion, { onProgress }) {
  const { inputs, trigger, client, repository: repository2, env, log } = occasion;
  return {
    version,
    clock: realClock,
    scratch: openScratch(),
    signal: stopSignal(),
    openRevisions: () => openRevisions(client, repository2, trigger.range, { workingDirectory: inputs.workingDirectory }),
    openModel: (models, settings) => openModel(models, () => accessTo(settings, { apiKey: apiKeyOf({ inputs, env }), baseUrl: env["OPENAI_BASE_URL"], env })),
    ...env["OPENAI_BASE_URL"] && { fallbackEndpoint: env["OPENAI_BASE_URL"] },
    ...trigger.kind === "pull-request" && { earlierSpend: () => earlierSpend(occasion) },
    listedPrices: (models, settings) => listPrices(models, settings.baseUrl ?? (env["OPENAI_BASE_URL"] || void 0)),
    openFunctions: async (files, policy) => {
      const { openFunctions } = await import("./chunks/functions-GAJZEK5V.js");
      const folder = resolve2(env["GITHUB_WORKSPACE"] ?? ".", inputs.functionsPath, inputs.workingDirectory);
      return openFunctions(files, { folder, commit: policy.revision, env });
    },
    onPlan: (plan) => log.info(planText(plan)),
    onProgress
  };
}

// src/action/shard.ts
async function askShardOf(occasion) {
  holdYoungGeneration();
  const { inputs, env } = occasion;
  const shard = readShard(inputs.shard, "shard");
  if (inputs.record !== "")
    throw new UserError({ file: "record", what: "a shard is taken down as it is", fix: "Give it to the job that merges." });
  const memory = openMemory(occasion, `${shard.index}/${shard.count}`);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const folder = await freshFolder(env["RUNNER_TEMP"] ?? ".", "prompt-ratchet-shard");
  const world = { ...worldOf(occasion, progress), ...memory.world, openShard: (begun) => openShard(folder, begun) };
  const asked = await askShard(requestOf(occasion), shard, world).finally(() => progress.stop());
  await publishShard(asked, folder);
  await memory.save();
  return asked.exitCode;
}

// src/action/check.ts
async function checkEvent(occasion) {
  if (occasion.inputs.shard !== "") return askShardOf(occasion);
  return evaluated(occasion, check);
}
async function mergeShards(occasion) {
  const { shard, shards } = occasion.inputs;
  if (shard !== "") throw new UserError({ file: "shard", what: "`job: merge` takes all shards", fix: "Leave it out." });
  return evaluated(occasion, (request2, world) => merge(request2, [resolve3(shards)], world));
}
async function evaluated(occasion, job) {
  holdYoungGeneration();
  const memory = openMemory(occasion);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const world = { ...worldOf(occasion, progress), ...memory.world, ...recallFrom(occasion) };
  const { report: report2, run, ...rest } = await job(requestOf(occasion), world).catch(asReport).finally(() => progress.stop());
  const checked = { ...rest, report: report2, run: { ...run, runUrl: occasion.run.url } };
  const exitCode = await (world.signal.aborted ? announceHurriedly : announce)(checked, occasion);
  await memory.save();
  return exitCode;
}
function asReport(error2) {
  if (!(error2 instanceof UserError)) throw error2;
  return notBegun(error2 instanceof GitHubRefusal && error2.isOutage ? "could-not-measure" : "bad-input", error2, version);
}

// src/edges/github/transport.ts
function wholeBodies(fetch, timeoutMs) {
  return async (url, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), ...init?.signal ? [init.signal] : []];
    const response = await fetch(url, { ...init, signal: AbortSignal.any(signals) });
    const body = await response.arrayBuffer();
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers: [...headers] });
  };
}

// src/edges/github/client.ts
var TIMEOUT_MS = 3e4;
var LIMIT_RETRIES = 2;
function connect(connection) {
  const { throttle = true } = connection;
  const client = octokit(connection, throttle);
  return Object.assign(client, { graphql: throttle ? octokit(connection, false).graphql : client.graphql });
}
function octokit({ token, apiUrl, fetch = defaults.request?.fetch ?? globalThis.fetch, throttle = true, log }, spaced) {
  const secondMs = throttle ? 1e3 : 1;
  const silent = () => {
  };
  const logger = { debug: silent, info: silent, warn: log ?? silent, error: log ?? silent };
  const settings = {
    ...getOctokitOptions(checkedToken(token), { userAgent: "prompt-ratchet" }),
    baseUrl: checkedUrl(apiUrl),
    log: logger,
    request: { fetch: wholeBodies(fetch, TIMEOUT_MS), log: logger },
    // The plugin repeats a POST and passes over Retry-After; see retry.ts.
    retry: { enabled: false },
    throttle: { ...limitHandlers(), retryAfterBaseValue: secondMs, ...spaced ? {} : { write: unspaced, notifications: unspaced } }
  };
  const client = new Octokit2(settings);
  client.hook.before("request", (request2) => {
    request2.headers["x-github-api-version"] = "2022-11-28";
  });
  client.hook.wrap("request", retrying(secondMs));
  client.hook.error("request", (error2) => {
    throw explained(error2);
  });
  return client;
}
function limitHandlers() {
  const worthWaiting = (waitS, _request, octokit2, retries) => {
    const wait3 = retries < LIMIT_RETRIES && waitS <= LONGEST_WAIT_S;
    if (wait3) octokit2.log.warn(`GitHub's rate limit is reached; waiting ${waitS} s.`);
    return wait3;
  };
  return { onRateLimit: worthWaiting, onSecondaryRateLimit: worthWaiting, fallbackSecondaryRateRetryAfter: 60 };
}
var unspaced = { key: () => ({ schedule: async (_options, task) => task() }) };
function checkedToken(token) {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UserError({
    file: "github-token",
    what: "there is no usable token",
    fix: "Pass the job's own token, github.token, which is the default."
  });
}
function checkedUrl(apiUrl) {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : void 0;
  if (url !== void 0 && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  throw new UserError({
    file: "GITHUB_API_URL",
    what: `"${apiUrl.slice(0, 200)}" is not a URL`,
    fix: "It is usually https://api.github.com."
  });
}

// src/edges/github/contents.ts
async function commitFile({ rest }, { owner, name }, file) {
  const { branch, path, text, replaces, message } = file;
  await rest.repos.createOrUpdateFileContents({
    owner,
    repo: name,
    path,
    branch,
    message,
    content: Buffer.from(text).toString("base64"),
    sha: replaces
  });
}

// src/action/commands/suggestions.ts
import { createHash as createHash5 } from "node:crypto";
var suggestionSchema = object({
  /** From the repository's root. */
  path: string().min(1).max(1e3),
  /** Git object id of the file that was improved. */
  blob: string().regex(/^[0-9a-f]{40}$/),
  /** The whole file. */
  text: string().max(1e6)
});
var fileSchema = object({ suggestions: array(suggestionSchema).max(100) });
var FILE2 = "suggestions.json";
var MOST_BYTES2 = 2e7;
var nameOf2 = (number2) => `prompt-ratchet-suggestions-${number2}`;
function suggestionOf({ report: report2, before }, { inputs }) {
  const { finding, suggestion } = report2.search;
  if (finding !== "verified" || suggestion === void 0 || suggestion.isNew) return void 0;
  return { path: rootOf(inputs) + report2.path, blob: blobId(before), text: suggestion.text };
}
function blobId(text) {
  const bytes = Buffer.from(text);
  return createHash5("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
async function suggestionsFor(occasion) {
  const { client, repository: repository2, trigger, env } = occasion;
  const own = workflowPath(repository2, env["GITHUB_WORKFLOW_REF"] ?? "");
  for (const { id, runId, sizeBytes } of (await ownArtifacts(client, repository2, nameOf2(trigger.number))).slice(0, 3)) {
    const run = await workflowRun(client, repository2, runId);
    if (!run.isOwn || run.event !== "issue_comment" || run.path !== own || sizeBytes > MOST_BYTES2) continue;
    const file = fileInZip(await downloadArtifact(client, repository2, id), FILE2, MOST_BYTES2);
    if ("fault" in file) return `What was found cannot be read: the artifact ${file.fault}.`;
    const found = parsed(file.bytes.toString("utf8"));
    return found ?? "What was found cannot be read: it is of another version.";
  }
  return "No search has found a verified version yet: `/ratchet optimize` starts one.";
}
function parsed(text) {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data?.suggestions;
  } catch {
    return void 0;
  }
}

// src/action/commands/apply.ts
var MOST_SHOWN = 2e4;
async function applySuggestions(pull, occasion) {
  const { client, repository: repository2, inputs, log } = occasion;
  const found = await suggestionsFor(occasion);
  if (typeof found === "string") return { kind: "refuse", sentence: found };
  const ids3 = await Promise.all(found.map(({ path }) => fileId(client, repository2, path, pull.sha)));
  const fitting2 = found.filter(({ blob: blob2 }, nth) => ids3[nth] === blob2);
  const [first] = fitting2;
  if (first === void 0)
    return { kind: "refuse", sentence: "The prompt has changed since the search, so what was found for it does not fit: search again." };
  if (pull.isFork)
    return {
      kind: "refuse",
      sentence: `The branch is a fork’s, which is not ours to push to. The whole file${fitting2.length > 1 ? "s" : ""}:

${fitting2.map(shown).join("\n\n")}`
    };
  const writer = inputs.pushToken === "" ? client : connect({ token: inputs.pushToken, apiUrl: occasion.apiUrl, log: (sentence) => log.info(sentence) });
  for (const { path, blob: blob2, text } of fitting2)
    await commitFile(writer, repository2, {
      branch: pull.branch,
      path,
      text,
      replaces: blob2,
      message: `Improve ${path}, as verified on held-out examples`
    });
  const left = found.length - fitting2.length;
  const own = inputs.pushToken === "" ? " GitHub starts no run for a commit by this token: push another, or comment `/ratchet rerun`." : "";
  return {
    kind: "answer",
    markdown: `Committed: ${fitting2.map(({ path }) => inlineCode(path)).join(", ")}.${left > 0 ? ` ${left} others have changed since the search and were left alone.` : ""}${own}`
  };
}
var shown = ({ path, text }) => `${inlineCode(path)}

${codeBlock(text, MOST_SHOWN)}`;

// src/action/commands/decide.ts
function decideRerun({ verb }, { headSha, isFork, runs, givenAt }) {
  const commit2 = `\`${headSha.slice(0, 7)}\``;
  const [run] = runs;
  if (run === void 0) return { kind: "refuse", sentence: `There is no run of the check on ${commit2} yet.` };
  if (!run.isOver) return { kind: "refuse", sentence: `The check of ${commit2} is still running.` };
  if (verb !== "accept") return { kind: "rerun", run: run.id, onlyFailed: false };
  if (Date.parse(givenAt) <= Date.parse(run.updatedAt))
    return { kind: "refuse", sentence: `The check of ${commit2} ended after your comment: look at its report, and accept it then.` };
  if (isFork) return { kind: "rerun", run: run.id, onlyFailed: false };
  if (!run.hasFailed) return { kind: "refuse", sentence: `The check of ${commit2} did not fail, so there is nothing to accept.` };
  return { kind: "rerun", run: run.id, onlyFailed: true };
}

// src/action/commands/optimize.ts
import { join as join5 } from "node:path";

// src/jobs/search/changed.ts
async function optimizable(request2, world) {
  const revisions = await world.openRevisions();
  const { prompts } = await readPolicy(revisions, request2);
  const changed = changedPrompts(revisions.changes, promptMatcher(prompts)).filter(({ status }) => status !== "removed");
  const held = await Promise.all(
    changed.map(async (change) => (await evalSetFor(revisions.policy, change, prompts)).evalSet === void 0 ? [] : [change.path])
  );
  return held.flat();
}

// src/action/commands/optimize.ts
var MOST_PROMPTS = 5;
var MOST_PATCH = 8e3;
var MOST_ANSWER = 6e4;
async function searchFor(asked, calls, command) {
  const memory = openMemory(asked);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const world = { ...worldOf(asked, progress), ...memory.world };
  const paths2 = await optimizable(requestOf(asked), world);
  if (paths2.length === 0)
    return { kind: "refuse", sentence: "This pull request changes no prompt that has an eval set on the base branch." };
  if (paths2.length > MOST_PROMPTS)
    return { kind: "refuse", sentence: `This pull request changes ${paths2.length} prompts; a search takes ${MOST_PROMPTS} at most.` };
  const found = [];
  try {
    for (const prompt2 of paths2) {
      const request2 = requestOf(asked);
      const budget = calls === void 0 ? request2.inputs.budget : String(Math.max(1, Math.floor(calls / paths2.length)));
      found.push(await optimize({ ...request2, inputs: { ...request2.inputs, budget }, prompt: prompt2 }, world));
    }
  } finally {
    progress.stop();
    await memory.save();
  }
  const suggestions = found.flatMap((one) => suggestionOf(one, asked) ?? []);
  const isKept = suggestions.length > 0 && await keep2(suggestions, command);
  const texts = found.map(({ report: report2, before, run }) => renderOptimizeSummary(report2, before, run, MOST_PATCH));
  const last = isKept ? "\n\nTo commit what is verified, comment `/ratchet apply`." : "";
  return { kind: "answer", markdown: fitting(texts) + last };
}
function fitting(texts) {
  const shown2 = [];
  for (const text of texts) if ([...shown2, text].join("\n\n").length < MOST_ANSWER) shown2.push(text);
  return shown2.length === texts.length ? shown2.join("\n\n") : `${shown2.join("\n\n")}

The rest is too long for a comment.`;
}
async function keep2(suggestions, { env, log, trigger }) {
  const folder = await freshFolder(join5(env["RUNNER_TEMP"] ?? "."), "prompt-ratchet-suggestions");
  await writeFiles(folder, { [FILE2]: JSON.stringify({ suggestions }) });
  const uploaded = await uploadFiles(nameOf2(trigger.number), folder, [FILE2], env);
  if (uploaded.kind === "none") log.warning(uploaded.sentence);
  return uploaded.kind === "uploaded";
}

// src/action/commands/answer.ts
async function answerCommand(occasion) {
  const { trigger, client, repository: repository2 } = occasion;
  const { comment: comment2, number: number2 } = trigger;
  const target = { owner: repository2.owner, repo: repository2.name, number: number2 };
  const parsed3 = parseCommand(comment2.body);
  if (parsed3.kind === "none") return publishIdle("The comment is no command.");
  if (!await mayWrite(client, repository2, comment2.author))
    return publishIdle("The command is not by somebody who may write to this repository, so nothing is done.");
  const pull = await newestCommit(client, target);
  if (!pull.isOpen) return publishIdle("The pull request is closed, so nothing is done about it.");
  await react(client, target, comment2.id, "eyes");
  const refused = (sentence) => ({ kind: "refuse", sentence });
  const outcome = await (parsed3.kind === "malformed" ? refused(`${parsed3.sentence} \`/ratchet help\` lists what there is.`) : carriedOut(parsed3.command, pull, occasion).catch((error2) => {
    if (error2 instanceof UserError) return refused(error2.message);
    throw error2;
  }));
  if (outcome.kind !== "rerun") await createComment(client, target, outcome.kind === "answer" ? outcome.markdown : outcome.sentence);
  await react(client, target, comment2.id, outcome.kind === "refuse" ? "-1" : "+1");
  return publishIdle(told(outcome));
}
async function carriedOut(command, pull, occasion) {
  const { sha: sha2, isFork } = pull;
  const { trigger, client, repository: repository2, inputs, env } = occasion;
  if (command.verb === "help") return { kind: "answer", markdown: helpText };
  if (command.verb === "apply") return applySuggestions(pull, occasion);
  if (command.verb === "optimize") return searchFor({ ...occasion, trigger: asPullRequest(pull, trigger.number) }, command.calls, occasion);
  const own = workflowPath(repository2, env["GITHUB_WORKFLOW_REF"] ?? "");
  const path = inputs.workflow === "" ? own : `.github/workflows/${inputs.workflow.replace(/^\.github\/workflows\//, "")}`;
  if (path === void 0)
    return { kind: "refuse", sentence: "Which workflow checks pull requests is not known: the input `workflow` names it." };
  const runs = await runsOn(client, repository2, sha2, path);
  const decision = decideRerun(command, { headSha: sha2, isFork, runs, givenAt: trigger.comment.createdAt });
  if (decision.kind === "rerun") await runAgain(client, repository2, decision.run, decision.onlyFailed);
  return decision;
}
function asPullRequest({ base, sha: sha2, isFork }, number2) {
  const range = { base, head: sha2 };
  return { kind: "pull-request", range, number: number2, fork: isFork, dependabot: false, closed: false, opened: false };
}
function told(outcome) {
  if (outcome.kind === "answer") return "The answer stands in a comment.";
  return outcome.kind === "refuse" ? outcome.sentence : `Run ${outcome.run} was started again.`;
}

// src/action/fork.ts
async function checkFork(occasion) {
  const { trigger, client, repository: repository2, inputs } = occasion;
  if (inputs.maxCalls === "" && inputs.maxCostUsd === "")
    throw new UserError({
      file: "max-calls",
      what: "a fork’s prompts are evaluated within a fixed budget only, and none is given",
      fix: "Give the step `max-calls` or `max-cost-usd`."
    });
  const [pull, ...others] = await pullsFrom(client, repository2, trigger);
  if (pull === void 0)
    return publishIdle(`No open pull request has ${trigger.headSha.slice(0, 7)} as its newest commit any more, so nothing is evaluated.`);
  if (others.length > 0)
    return publishIdle(`Several pull requests have ${trigger.headSha.slice(0, 7)} as their newest commit: close all but one.`);
  return checkEvent({
    ...occasion,
    trigger: {
      kind: "pull-request",
      range: { base: pull.base.ref, head: trigger.headSha },
      number: pull.number,
      headRepository: trigger.headRepository,
      fork: true,
      dependabot: false,
      closed: false,
      opened: false,
      since: trigger.since
    }
  });
}

// src/edges/actions/event.ts
async function runnerContext() {
  try {
    return (await import("./chunks/github-HCCKXUEV.js")).context;
  } catch (error2) {
    if (!(error2 instanceof SyntaxError)) throw error2;
    throw new UserError({
      file: "GITHUB_EVENT_PATH",
      what: "the event’s payload is not JSON",
      fix: "Run the action on an event that GitHub itself sent."
    });
  }
}

// src/edges/actions/inputs.ts
function readInputs() {
  const apiKey = getInput("api-key");
  if (apiKey !== "") setSecret(apiKey);
  return {
    job: choice("job", ["check", "merge"], "check"),
    githubToken: getInput("github-token"),
    apiKey,
    config: getInput("config"),
    workingDirectory: getInput("working-directory") || ".",
    workflow: getInput("workflow"),
    pushToken: secret("push-token"),
    comment: flag("comment", true),
    commentKey: getInput("comment-key"),
    checkRun: flag("check-run", false),
    model: getInput("model"),
    baseUrl: getInput("base-url"),
    apiVersion: getInput("api-version"),
    prompts: getInput("prompts"),
    onInconclusive: getInput("on-inconclusive"),
    maxCostUsd: getInput("max-cost-usd"),
    maxCalls: getInput("max-calls"),
    maxMinutes: getInput("max-minutes"),
    allowFunctions: getInput("allow-functions"),
    functionsPath: getInput("functions-path") || ".",
    cache: flag("cache", true),
    artifact: flag("artifact", true),
    record: getInput("record"),
    replay: getInput("replay"),
    shard: getInput("shard"),
    shards: getInput("shards") || "prompt-ratchet-shards"
  };
}
function secret(name) {
  const value = getInput(name);
  if (value !== "") setSecret(value);
  return value;
}
function flag(name, fallback) {
  return choice(name, ["true", "false"], fallback ? "true" : "false") === "true";
}
function choice(name, choices, fallback) {
  const text = getInput(name) || fallback;
  const chosen = choices.find((candidate) => candidate === text);
  if (chosen !== void 0) return chosen;
  throw new UserError({ file: name, what: `"${text}" is not a value of this input`, fix: `Write ${choices.join(" or ")}.` });
}

// src/edges/github/event.ts
var NO_COMMIT = /^0+$/;
var sha = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is not a commit SHA");
var refName = string().max(255).refine(
  (name) => /^[^\s~^:?*[\\\p{Cc}]+$/u.test(name) && !/^[-/.]|\.\.|@\{|\/\/|[/.]$/.test(name),
  "is not the name of a branch, tag or commit"
);
var repository = object({ default_branch: refName });
var sender = object({ login: string() }).optional();
var pullRequestEvent = object({
  action: string().optional(),
  pull_request: object({
    number: int().positive(),
    state: string(),
    base: object({ ref: refName, repo: object({ full_name: string() }) }),
    head: object({ sha, repo: object({ full_name: string() }).nullish() })
  }),
  sender
});
var pushEvent = object({ before: sha, after: sha, ref: string(), repository, sender });
var mergeGroupEvent = object({ merge_group: object({ base_sha: sha, head_sha: sha, head_ref: string().optional() }) });
var commentEvent = object({
  action: string(),
  issue: object({ number: int().positive(), state: string(), pull_request: unknown().optional() }),
  comment: object({
    id: int().positive(),
    body: string(),
    created_at: iso_exports.datetime({ offset: true }),
    user: object({ login: string().regex(/^[\w-]{1,100}(\[bot\])?$/), type: string() })
  })
});
var workflowRunEvent = object({
  workflow_run: object({
    event: string(),
    created_at: iso_exports.datetime({ offset: true }),
    head_sha: sha,
    head_branch: refName.nullish(),
    head_repository: object({ full_name: string().regex(/^[\w.-]+\/[\w.-]+$/) }).nullish()
  }),
  repository: object({ full_name: string() })
});
var blankAsAbsent = (value) => value === "" || value === null ? void 0 : value;
var dispatchEvent = object({
  inputs: object({
    base: preprocess(blankAsAbsent, refName.optional()),
    head: preprocess(blankAsAbsent, refName.optional()),
    prompts: preprocess(blankAsAbsent, string().optional())
  }).nullish(),
  repository
});
var readers2 = {
  pull_request: readPullRequest,
  push: readPush,
  merge_group: readMergeGroup,
  workflow_dispatch: readDispatch,
  issue_comment: readComment,
  workflow_run: readWorkflowRun
};
function readTrigger(event) {
  const read = Object.hasOwn(readers2, event.eventName) ? readers2[event.eventName] : void 0;
  if (read === void 0) throw new UserError(unsupported(event.eventName));
  return read(event);
}
function readPullRequest(event) {
  const { pull_request, sender: sender2, action } = parsed2(event, pullRequestEvent);
  const { number: number2, state, base, head } = pull_request;
  const headRepository = head.repo?.full_name;
  return {
    kind: "pull-request",
    range: { base: base.ref, head: head.sha },
    number: number2,
    ...headRepository === void 0 ? {} : { headRepository },
    fork: headRepository?.toLowerCase() !== base.repo.full_name.toLowerCase(),
    dependabot: isDependabot(event, sender2),
    closed: state !== "open",
    opened: action === "opened"
  };
}
function readPush(event) {
  const { before, after, ref, repository: repository2, sender: sender2 } = parsed2(event, pushEvent);
  if (NO_COMMIT.test(after)) return { kind: "idle", sentence: "This push deleted a branch or tag, so there is no prompt to check." };
  return {
    kind: "push",
    range: { base: NO_COMMIT.test(before) ? repository2.default_branch : before, head: after },
    ref,
    defaultBranch: repository2.default_branch,
    dependabot: isDependabot(event, sender2)
  };
}
function readMergeGroup(event) {
  const { base_sha, head_sha, head_ref = "" } = parsed2(event, mergeGroupEvent).merge_group;
  const [, number2] = /\/pr-([1-9]\d{0,9})-[0-9a-f]+$/.exec(head_ref) ?? [];
  return { kind: "merge-group", range: { base: base_sha, head: head_sha }, ...number2 !== void 0 && { number: Number(number2) } };
}
function readComment(event) {
  const { action, issue, comment: comment2 } = parsed2(event, commentEvent);
  const idle = (sentence) => ({ kind: "idle", sentence });
  if (action !== "created") return idle("Only a new comment can be a command.");
  if (issue.pull_request === void 0 || issue.pull_request === null) return idle("Commands are for pull requests; this is an issue.");
  if (issue.state !== "open") return idle("The pull request is closed, so nothing is done about it.");
  if (comment2.user.type !== "User" || comment2.user.login.endsWith("[bot]")) return idle("The comment is a bot’s, so it is no command.");
  const { id, body, created_at, user } = comment2;
  return { kind: "command", number: issue.number, comment: { id, body, author: user.login, createdAt: created_at } };
}
function readWorkflowRun(event) {
  const { workflow_run: run, repository: repository2 } = parsed2(event, workflowRunEvent);
  const idle = (sentence) => ({ kind: "idle", sentence });
  if (run.event !== "pull_request") return idle("The run before this one was not about a pull request, so there is nothing to check.");
  const headRepository = run.head_repository?.full_name;
  if (headRepository === void 0 || !run.head_branch) return idle("The fork is gone, so there is nothing to check.");
  if (headRepository.toLowerCase() === repository2.full_name.toLowerCase())
    return idle("The pull request is from this repository itself, whose own run has checked it.");
  return { kind: "second-stage", headSha: run.head_sha, headRepository, headBranch: run.head_branch, since: run.created_at };
}
function readDispatch(event) {
  const { inputs, repository: repository2 } = parsed2(event, dispatchEvent);
  const head = inputs?.head ?? parsed2({ ...event, payload: { GITHUB_SHA: event.sha } }, object({ GITHUB_SHA: sha })).GITHUB_SHA;
  const prompts = inputs?.prompts;
  return {
    kind: "dispatch",
    range: { base: inputs?.base ?? repository2.default_branch, head },
    ...prompts === void 0 ? {} : { prompts }
  };
}
function isDependabot(event, sender2) {
  return (event.actor || sender2?.login) === "dependabot[bot]";
}
function unsupported(eventName) {
  const why = eventName === "pull_request_target" ? "on it a fork’s pull request would run with this repository’s secrets, so nothing is checked" : "there is nothing to check on such an event";
  return {
    file: `event ${oneLine3(eventName)}`,
    what: why,
    fix: "Run it on pull_request, push, merge_group or workflow_dispatch."
  };
}
function parsed2(event, schema) {
  const outcome = schema.safeParse(event.payload);
  if (outcome.success) return outcome.data;
  throw new UserError(
    ...outcome.error.issues.map((issue) => ({
      file: `event ${event.eventName}`,
      key: issue.path.join("."),
      what: issue.code === "custom" || issue.code === "invalid_format" ? issue.message : `is missing or malformed (${issue.message})`,
      fix: "Run the action on an event that GitHub itself sent."
    }))
  );
}
function oneLine3(text) {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").slice(0, 60);
}

// src/edges/github/repository.ts
function readRepository(fullName) {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(fullName) ?? [];
  if (owner !== void 0 && name !== void 0) return { owner, name };
  throw new UserError({ file: "GITHUB_REPOSITORY", what: `"${fullName.slice(0, 100)}" is not owner/name` });
}

// src/main.ts
var BUG_EXIT_CODE = 4;
var jobs = {
  check: checkEvent,
  merge: mergeShards
};
var cancelled = stopSignal();
var surroundings = { env: process.env, log: core_exports };
try {
  process.exitCode = await main().catch(notBegun2);
} catch (error2) {
  setFailed("Prompt Ratchet failed in a way that is its own fault. Run again with debug logging and open an issue with the trace.");
  debug(error2 instanceof Error ? error2.stack ?? error2.message : String(error2));
  process.exitCode = BUG_EXIT_CODE;
}
if (cancelled.aborted) process.exit();
async function notBegun2(error2) {
  const report2 = asReport(error2);
  return publish(report2, await keepFiles(report2, surroundings));
}
async function main() {
  const inputs = readInputs();
  const context = await runnerContext();
  const trigger = readTrigger(context);
  if (trigger.kind === "idle") return publishIdle(trigger.sentence);
  const client = connect({ token: inputs.githubToken, apiUrl: context.apiUrl, log: info });
  const repository2 = readRepository(process.env["GITHUB_REPOSITORY"] ?? "");
  const url = `${context.serverUrl}/${repository2.owner}/${repository2.name}/actions/runs/${context.runId}`;
  const run = { id: context.runId, attempt: context.runAttempt, url };
  const occasion = { inputs, client, apiUrl: context.apiUrl, repository: repository2, run, ...surroundings };
  if (trigger.kind === "second-stage") return checkFork({ ...occasion, trigger });
  return trigger.kind === "command" ? answerCommand({ ...occasion, trigger }) : jobs[inputs.job]({ ...occasion, trigger });
}
