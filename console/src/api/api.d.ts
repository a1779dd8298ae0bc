// Written by tools/openapi/generate.mjs from the server's OpenAPI document; not to be edited.
export interface paths {
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first administrator is still to be made */
        get: operations["get_setup"];
        put?: never;
        /** Make the first administrator */
        post: operations["post_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am */
        get: operations["get_session"];
        put?: never;
        /** Sign in */
        post: operations["post_session"];
        /** Sign out */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in, the second step: a code of the authenticator, or a recovery code */
        post: operations["post_session_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stay signed in: new tokens for old */
        post: operations["post_session_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am signed in */
        get: operations["get_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my sessions, at once */
        delete: operations["delete_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/end-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all my sessions but this one */
        post: operations["post_sessions_end_others"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether I have a second factor */
        get: operations["get_second_factor"];
        put?: never;
        /** Begin to set up an authenticator; it is in force once confirmed */
        post: operations["post_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the authenticator by a code of it; recovery codes are told this once */
        post: operations["post_second_factor_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes for all old ones */
        post: operations["post_second_factor_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have no second factor any more */
        post: operations["post_second_factor_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove the second factor of a member who lost it */
        delete: operations["delete_members_id_second_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members */
        get: operations["get_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a member */
        get: operations["get_members_id"];
        put?: never;
        post?: never;
        /** Remove a member, with their sessions and tokens */
        delete: operations["delete_members_id"];
        options?: never;
        head?: never;
        /** Change a member's role */
        patch: operations["patch_members_id"];
        trace?: never;
    };
    "/api/v1/members/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a member out everywhere */
        delete: operations["delete_members_id_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations */
        get: operations["get_invitations"];
        put?: never;
        /** Invite somebody; the link is told this once */
        post: operations["post_invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a invitation */
        get: operations["get_invitations_id"];
        put?: never;
        post?: never;
        /** Remove a invitation */
        delete: operations["delete_invitations_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become a member, by an invitation's link */
        post: operations["post_invitations_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am, with what is mine */
        get: operations["get_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change my name or e-mail address */
        patch: operations["patch_profile"];
        trace?: never;
    };
    "/api/v1/profile/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change my password; all my other sessions end */
        post: operations["post_profile_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What programs keep for me */
        get: operations["get_preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Keep something for me; null removes it */
        patch: operations["patch_preferences"];
        trace?: never;
    };
    "/api/v1/profile/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Show a picture of me: PNG, JPEG, GIF or WebP, at most 256 KiB */
        put: operations["put_profile_picture"];
        post?: never;
        /** Show no picture of me */
        delete: operations["delete_profile_picture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A member's picture */
        get: operations["get_members_id_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tokens */
        get: operations["get_tokens"];
        put?: never;
        /** Make a token for a program */
        post: operations["post_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a token */
        get: operations["get_tokens_id"];
        put?: never;
        post?: never;
        /** Remove a token */
        delete: operations["delete_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations */
        get: operations["get_organizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a organization */
        get: operations["get_organizations_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a organization */
        patch: operations["patch_organizations_id"];
        trace?: never;
    };
    "/api/v1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List servers */
        get: operations["get_servers"];
        put?: never;
        /** Add a server */
        post: operations["post_servers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a server */
        get: operations["get_servers_id"];
        put?: never;
        post?: never;
        /** Remove a server */
        delete: operations["delete_servers_id"];
        options?: never;
        head?: never;
        /** Change a server */
        patch: operations["patch_servers_id"];
        trace?: never;
    };
    "/api/v1/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List databases */
        get: operations["get_databases"];
        put?: never;
        /** Add a database */
        post: operations["post_databases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/databases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a database */
        get: operations["get_databases_id"];
        put?: never;
        post?: never;
        /** Remove a database */
        delete: operations["delete_databases_id"];
        options?: never;
        head?: never;
        /** Change a database */
        patch: operations["patch_databases_id"];
        trace?: never;
    };
    "/api/v1/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List stores */
        get: operations["get_stores"];
        put?: never;
        /** Add a store */
        post: operations["post_stores"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stores/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a store */
        get: operations["get_stores_id"];
        put?: never;
        post?: never;
        /** Remove a store */
        delete: operations["delete_stores_id"];
        options?: never;
        head?: never;
        /** Change a store */
        patch: operations["patch_stores_id"];
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys */
        get: operations["get_keys"];
        put?: never;
        /** Add a key */
        post: operations["post_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a key */
        get: operations["get_keys_id"];
        put?: never;
        post?: never;
        /** Remove a key */
        delete: operations["delete_keys_id"];
        options?: never;
        head?: never;
        /** Change a key */
        patch: operations["patch_keys_id"];
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List plans */
        get: operations["get_plans"];
        put?: never;
        /** Add a plan */
        post: operations["post_plans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a plan */
        get: operations["get_plans_id"];
        put?: never;
        post?: never;
        /** Remove a plan */
        delete: operations["delete_plans_id"];
        options?: never;
        head?: never;
        /** Change a plan */
        patch: operations["patch_plans_id"];
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List channels */
        get: operations["get_channels"];
        put?: never;
        /** Add a channel */
        post: operations["post_channels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a channel */
        get: operations["get_channels_id"];
        put?: never;
        post?: never;
        /** Remove a channel */
        delete: operations["delete_channels_id"];
        options?: never;
        head?: never;
        /** Change a channel */
        patch: operations["patch_channels_id"];
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List backups */
        get: operations["get_backups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a backup */
        get: operations["get_backups_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a backup */
        patch: operations["patch_backups_id"];
        trace?: never;
    };
    "/api/v1/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List copies */
        get: operations["get_copies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/copies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a copy */
        get: operations["get_copies_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replacements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List replacements */
        get: operations["get_replacements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replacements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a replacement */
        get: operations["get_replacements_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs */
        get: operations["get_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a run */
        get: operations["get_runs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries */
        get: operations["get_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a delivery */
        get: operations["get_deliveries_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List notifications */
        get: operations["get_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a notification */
        get: operations["get_notifications_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a notification */
        patch: operations["patch_notifications_id"];
        trace?: never;
    };
    "/api/v1/plans/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back up now what the plan names */
        post: operations["post_plans_id_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/upcoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plan's schedule in words, and its next ten runs */
        get: operations["get_plans_id_upcoming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A schedule in words, and its next ten runs */
        post: operations["post_schedules_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/retention-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What retention would keep and remove now, and why */
        post: operations["post_plans_id_retention_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove a backup: level 1 it is whole, 2 it can be read, 3 it restores, 4 it is equal */
        post: operations["post_backups_id_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a backup go after the grace time */
        post: operations["post_backups_id_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a backup that was to go, and pin it */
        post: operations["post_backups_id_keep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a backup, or some of its tables */
        post: operations["post_backups_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/restore/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a restore would do, and what is in its way */
        post: operations["post_backups_id_restore_preflight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the database that a restore replaced its place again */
        post: operations["post_runs_id_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a run; nothing half done is left */
        post: operations["post_runs_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do again what a run was to do */
        post: operations["post_runs_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of a run */
        get: operations["get_runs_id_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try whether a server can be backed up */
        post: operations["post_servers_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/role-sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SQL for a role that may read everything and change nothing */
        post: operations["post_servers_id_role_sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stores/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try whatever a backup asks of a store */
        post: operations["post_stores_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channel-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What kinds of channels there are */
        get: operations["get_channel_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What kinds of events there are */
        get: operations["get_event_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message, and say what the other side answers */
        post: operations["post_channels_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message once more */
        post: operations["post_deliveries_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unread-notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many notifications are unread */
        get: operations["get_unread_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notifications as read */
        post: operations["post_notifications_read_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When the weekly summary is told */
        get: operations["get_digest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Choose when the weekly summary is told */
        patch: operations["patch_digest"];
        trace?: never;
    };
    "/api/v1/digest/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The weekly summary as it would be now */
        get: operations["get_digest_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well each database is protected, and why */
        get: operations["get_protection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything in numbers */
        get: operations["get_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this organization has chosen */
        get: operations["get_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the settings */
        patch: operations["patch_settings"];
        trace?: never;
    };
    "/api/v1/statistics/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, backups and what each store held, day by day */
        get: operations["get_statistics_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/databases/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long a database's backups took and how large they were, day by day */
        get: operations["get_databases_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 backups: pin, unpin, label, verify, remove, keep */
        post: operations["post_backups_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 plans: pause, resume, run, label */
        post: operations["post_plans_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 runs: cancel, retry */
        post: operations["post_runs_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/databases/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 databases: pause, resume, archive, unarchive, label */
        post: operations["post_databases_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 servers: label */
        post: operations["post_servers_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stores/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 stores: pause, resume, label */
        post: operations["post_stores_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 keys: label */
        post: operations["post_keys_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 channels: pause, resume, label */
        post: operations["post_channels_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something to up to 500 notifications: seen, unseen */
        post: operations["post_notifications_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes as they happen, as a WebSocket or as server-sent events; ?after=SEQUENCE resumes */
        get: operations["get_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/key-pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a key pair, of which the server keeps nothing */
        post: operations["post_key_pairs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/rotate-master-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the key that seals every secret in the catalog, while everything goes on */
        post: operations["post_settings_rotate_master_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the program is alive */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can do its work */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers for Prometheus */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a backup consists of, as it lies in its store */
        get: operations["get_backups_id_parts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables in a backup, with their rows and sizes; needs its private key */
        get: operations["get_backups_id_contents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a link to a part of a backup, for one download by whoever asks */
        post: operations["post_backups_id_downloads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/downloads/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a part of a backup */
        get: operations["get_backups_id_downloads_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the databases that a server has now */
        get: operations["get_servers_id_databases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles of a server */
        get: operations["get_servers_id_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who may do what in a database */
        get: operations["get_servers_id_databases_database_grants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the schemas of a database */
        get: operations["get_servers_id_databases_database_schemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tables of a database */
        get: operations["get_servers_id_databases_database_tables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/diagram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tables, columns and keys of a database, for a diagram */
        get: operations["get_servers_id_databases_database_diagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/tables/{schema}/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a table: columns, indexes and keys */
        get: operations["get_servers_id_databases_database_tables_schema_table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/databases/{database}/tables/{schema}/{table}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read rows of a table, ordered by its key */
        get: operations["get_servers_id_databases_database_tables_schema_table_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a code to create or drop a database, or to empty or drop a table */
        post: operations["post_servers_id_acts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/acts/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do what the code was asked for */
        post: operations["post_servers_id_acts_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audit */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a row of the audit */
        get: operations["get_audit_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-export/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole audit as a table, with the filters of its list */
        get: operations["get_audit_export_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-export/jsonl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same with a line of JSON for each row */
        get: operations["get_audit_export_jsonl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the audit is as it was written */
        get: operations["get_audit_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["get_openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description, to read */
        get: operations["get_docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What shows it */
        get: operations["get_docs.js"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How it looks */
        get: operations["get_docs.css"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            code: string;
            detail: string;
            hint?: string;
            field?: string;
            status: number;
        };
        SetupState: {
            needed: boolean;
        };
        SignedIn: {
            id: string;
            token: string;
            expires: string;
            refresh: string;
            refresh_expires: string;
            second_factor_needed: boolean;
        };
        SetupQuestion_body: {
            secret: string;
            organization?: string;
            name: string;
            password: string;
        };
        Credentials_body: {
            name: string;
            password: string;
        };
        SecondStep_body: {
            token: string;
            code: string;
        };
        Whoami: {
            organization: string;
            user: string;
            name: string;
            scope: string;
        };
        RefreshQuestion_body: {
            refresh?: string;
        };
        SessionInfo: {
            id: string;
            created: string;
            used: string;
            expires: string;
            address: string;
            agent: string;
            current: boolean;
        };
        Ended: {
            ended: number;
        };
        FactorState: {
            enabled: boolean;
            confirmed: string;
            recovery_codes: number;
        };
        NewFactor: {
            secret: string;
            url: string;
        };
        PasswordQuestion_body: {
            password?: string;
        };
        RecoveryCodes: {
            codes: string[];
        };
        CodeQuestion_body: {
            code?: string;
        };
        User: {
            id: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
            created: string;
            changed: string;
            version: number;
            name: string;
            email: string;
        };
        RoleQuestion_body: {
            /** @enum {string} */
            role?: "viewer" | "operator" | "admin" | "owner";
        };
        Invitation: {
            id: string;
            expires: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
            made_by: string;
        };
        NewInvitation: {
            id: string;
            token: string;
            path: string;
            expires: string;
        };
        InvitationQuestion_body: {
            name?: string;
            /** @enum {string} */
            role?: "viewer" | "operator" | "admin" | "owner";
            days?: number;
        };
        Acceptance_body: {
            token?: string;
            name?: string;
            password?: string;
        };
        Profile: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin" | "owner";
            created: string;
            second_factor: boolean;
            second_factor_required: boolean;
            picture: boolean;
        };
        ProfileChange_body: {
            name?: string;
            email?: string;
        };
        PasswordChange_body: {
            old_password?: string;
            new_password?: string;
        };
        PictureQuestion_body: {
            image?: string;
        };
        NewToken: {
            id: string;
            token: string;
            expires: string;
        };
        TokenQuestion_body: {
            name?: string;
            scopes?: string[];
            expires?: string;
            addresses?: string[];
        };
        Token: {
            id: string;
            used: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            kind: string;
            user: string;
            addresses: string[];
            scopes: string[];
            expires: string;
        };
        Organization: {
            id: string;
            name: string;
            created: string;
            changed: string;
            version: number;
        };
        organization_body: {
            name?: string;
        };
        Server: {
            id: string;
            notes: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            url: string;
            labels: {
                [key: string]: string;
            };
            tool_dirs: string[];
            runs_max: number;
            secrets_set?: string[];
        };
        new_server_body: {
            name: string;
            url: string;
            tool_dirs?: string[];
            runs_max?: number;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secret?: string | null;
        };
        server_body: {
            name?: string;
            url?: string;
            tool_dirs?: string[];
            runs_max?: number;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secret?: string | null;
        };
        Database: {
            id: string;
            notes: string;
            created: string;
            changed: string;
            version: number;
            server: string;
            name: string;
            source_id: string;
            paused: boolean;
            archived: boolean;
            labels: {
                [key: string]: string;
            };
        };
        new_database_body: {
            server: string;
            name: string;
            paused?: boolean;
            archived?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
        };
        database_body: {
            server?: string;
            name?: string;
            paused?: boolean;
            archived?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
        };
        Store: {
            id: string;
            notes: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            url: string;
            labels: {
                [key: string]: string;
            };
            runs_max: number;
            bytes_max: number;
            nearly_full: boolean;
            paused: boolean;
            secrets_set?: string[];
        };
        new_store_body: {
            name: string;
            url: string;
            runs_max?: number;
            bytes_max?: number;
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secrets?: {
                [key: string]: string | null;
            } | null;
        };
        store_body: {
            name?: string;
            url?: string;
            runs_max?: number;
            bytes_max?: number;
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secrets?: {
                [key: string]: string | null;
            } | null;
        };
        Key: {
            id: string;
            notes: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            recipient: string;
            labels: {
                [key: string]: string;
            };
            secrets_set?: string[];
        };
        new_key_body: {
            name: string;
            recipient: string;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secret?: string | null;
        };
        key_body: {
            name?: string;
            recipient?: string;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secret?: string | null;
        };
        Destination: {
            store: string;
            retention: components["schemas"]["Retention"];
        };
        Retention: {
            keep_last: number;
            keep_days: number;
            daily: number;
            weekly: number;
            monthly: number;
            yearly: number;
            bytes_max: number;
        };
        Plan: {
            id: string;
            watched_since: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            databases: string[];
            destinations: components["schemas"]["Destination"][];
            schedule: string;
            zone: string;
            jitter_seconds: number;
            compression: string;
            keys: string[];
            encrypted: boolean;
            verify_schedule: string;
            verify_level: number;
            attempts_max: number;
            stall_seconds: number;
            /** @enum {string} */
            overlap: "queue" | "skip";
            paused: boolean;
            labels: {
                [key: string]: string;
            };
            notes: string;
            last_scheduled: string;
            next_run: string;
            last_verify: string;
            next_verify: string;
        };
        Destination_body: {
            store?: string;
            retention?: components["schemas"]["Retention_body"];
        };
        Retention_body: {
            keep_last?: number;
            keep_days?: number;
            daily?: number;
            weekly?: number;
            monthly?: number;
            yearly?: number;
            bytes_max?: number;
        };
        new_plan_body: {
            name: string;
            databases?: string[];
            destinations?: components["schemas"]["Destination_body"][];
            schedule?: string;
            zone?: string;
            jitter_seconds?: number;
            compression?: string;
            keys?: string[];
            encrypted?: boolean;
            verify_schedule?: string;
            verify_level?: number;
            attempts_max?: number;
            stall_seconds?: number;
            /** @enum {string} */
            overlap?: "queue" | "skip";
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
        };
        plan_body: {
            name?: string;
            databases?: string[];
            destinations?: components["schemas"]["Destination_body"][];
            schedule?: string;
            zone?: string;
            jitter_seconds?: number;
            compression?: string;
            keys?: string[];
            encrypted?: boolean;
            verify_schedule?: string;
            verify_level?: number;
            attempts_max?: number;
            stall_seconds?: number;
            /** @enum {string} */
            overlap?: "queue" | "skip";
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
        };
        Channel: {
            id: string;
            trouble: string;
            created: string;
            changed: string;
            version: number;
            name: string;
            driver: string;
            options: {
                [key: string]: string;
            };
            down_since: string;
            kinds: string[];
            severity: string;
            subjects: string[];
            subject_labels: string[];
            paused: boolean;
            labels: {
                [key: string]: string;
            };
            notes: string;
            failures: number;
            secrets_set?: string[];
        };
        new_channel_body: {
            name: string;
            driver: string;
            options?: {
                [key: string]: string;
            };
            kinds?: string[];
            severity?: string;
            subjects?: string[];
            subject_labels?: string[];
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secrets?: {
                [key: string]: string | null;
            } | null;
        };
        channel_body: {
            name?: string;
            driver?: string;
            options?: {
                [key: string]: string;
            };
            kinds?: string[];
            severity?: string;
            subjects?: string[];
            subject_labels?: string[];
            paused?: boolean;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            secrets?: {
                [key: string]: string | null;
            } | null;
        };
        Proof: {
            level: number;
            damaged: boolean;
            at: string;
            detail: string;
            milliseconds: number;
            store: string;
        };
        Backup: {
            id: string;
            metadata: {
                [key: string]: string;
            };
            created: string;
            changed: string;
            version: number;
            name: string;
            database: string;
            plan: string;
            run: string;
            engine: string;
            method: string;
            source_id: string;
            trigger: string;
            taken: string;
            finished: string;
            plain_bytes: number;
            stored_bytes: number;
            tables: number;
            rows: number;
            server_version: string;
            tool_version: string;
            compression: string;
            recipients: string[];
            manifest_sha256: string;
            proof: components["schemas"]["Proof"];
            quarantined: boolean;
            pinned: boolean;
            locked_until: string;
            labels: {
                [key: string]: string;
            };
            notes: string;
        };
        Proof_body: {
            level?: number;
            damaged?: boolean;
            at?: string;
            detail?: string;
            milliseconds?: number;
            store?: string;
        };
        backup_body: {
            pinned?: boolean;
            locked_until?: string;
            labels?: {
                [key: string]: string;
            };
            notes?: string;
            metadata?: {
                [key: string]: string;
            };
        };
        Copy: {
            id: string;
            reason: string;
            created: string;
            changed: string;
            version: number;
            backup: string;
            store: string;
            /** @enum {string} */
            state: "complete" | "failed" | "condemned" | "removed" | "missing";
            damaged: boolean;
            stored_bytes: number;
            error: string;
            remove_after: string;
        };
        Replacement: {
            id: string;
            /** @enum {string} */
            state: "expected" | "kept" | "returned" | "dropped" | "none";
            created: string;
            changed: string;
            version: number;
            run: string;
            database: string;
            server: string;
            name: string;
            kept_as: string;
            keep_until: string;
            keep_hours: number;
        };
        RunOrder: {
            backup: string;
            store: string;
            level: number;
            into_server: string;
            into_database: string;
            tables: string[];
            replace: boolean;
            even_if_damaged: boolean;
            safety_backup: boolean;
            keep_old_hours: number;
            undoes: string;
        };
        RunProgress: {
            step: string;
            bytes_expected: number;
            bytes_in: number;
            bytes_out: number;
        };
        Run: {
            id: string;
            warnings: string[];
            created: string;
            changed: string;
            version: number;
            /** @enum {string} */
            kind: "backup" | "restore" | "verify" | "prune" | "undo";
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "partly" | "failed" | "cancelled" | "interrupted";
            /** @enum {string} */
            trigger: "schedule" | "catch_up" | "manual" | "retry" | "heal" | "safety";
            plan: string;
            database: string;
            server: string;
            order: components["schemas"]["RunOrder"];
            scheduled_for: string;
            not_before: string;
            attempt: number;
            attempts_max: number;
            started: string;
            finished: string;
            hint: string;
            error_code: string;
            cancel_requested: boolean;
            progress: components["schemas"]["RunProgress"];
            stores: string[];
            memory_bytes: number;
            error: string;
            backup: string;
        };
        DeliveryTry: {
            at: string;
            delivered: boolean;
            answer: string;
        };
        Delivery: {
            id: string;
            replay_of: string;
            created: string;
            changed: string;
            version: number;
            channel: string;
            event: string;
            state: string;
            attempts: number;
            next_attempt: string;
            answer: string;
            tries: components["schemas"]["DeliveryTry"][];
        };
        Notification: {
            id: string;
            seen: boolean;
            created: string;
            changed: string;
            version: number;
            kind: string;
            severity: string;
            title: string;
            text: string;
            subject: string;
        };
        notification_body: {
            seen?: boolean;
        };
        Accepted: {
            runs: string[];
        };
        Upcoming: {
            description: string;
            runs: string[];
        };
        ScheduleQuestion_body: {
            schedule?: string;
            zone?: string;
        };
        RetentionPreview: {
            copies: components["schemas"]["Fate"][];
            freed_bytes: number;
            held: string[];
        };
        Fate: {
            database: string;
            store: string;
            backup: string;
            name: string;
            taken: string;
            stored_bytes: number;
            keep: boolean;
            reasons: string[];
        };
        RetentionQuestion_body: {
            destinations?: components["schemas"]["Destination_body"][];
        };
        VerifyQuestion_body: {
            level?: number;
            store?: string;
        };
        CopiesAnswer: {
            copies: string[];
            remove_after: string;
        };
        RestoreQuestion_body: {
            into_server?: string;
            into_database?: string;
            tables?: string[];
            store?: string;
            replace?: boolean;
            confirm?: string;
            safety_backup?: boolean;
            keep_old_hours?: number;
            even_if_damaged?: boolean;
        };
        PreflightAnswer: {
            ready: boolean;
            replaces: boolean;
            findings: components["schemas"]["Finding"][];
        };
        Finding: {
            about: string;
            /** @enum {string} */
            level: "fine" | "warning" | "blocks";
            text: string;
            hint: string;
        };
        UndoQuestion_body: {
            confirm: string;
        };
        LogLine: {
            id: string;
            text: string;
            created: string;
            level: string;
        };
        Probe: {
            checks: components["schemas"]["Check"][];
            databases: string[];
            role_sql: string;
        };
        Check: {
            name: string;
            ok: boolean;
            compared: number;
            detail: string;
        };
        ProbeQuestion_body: {
            database?: string;
        };
        RoleSql: {
            sql: string;
        };
        StoreProbe: {
            checks: components["schemas"]["Check"][];
        };
        ChannelKind: {
            name: string;
            title: string;
            options: components["schemas"]["ChannelOption"][];
            kinds: string[];
        };
        ChannelOption: {
            name: string;
            kind: string;
            required: boolean;
            help: string;
            choices: string[];
            preset: string;
        };
        EventKindInfo: {
            name: string;
            title: string;
            severity: string;
            usual: boolean;
        };
        ChannelProbe: {
            delivered: boolean;
            status: number;
            answer: string;
            hint: string;
            milliseconds: number;
        };
        Unread: {
            unread: number;
        };
        ReadAll_body: {
            upto?: string;
        };
        Digest: {
            next: string;
            last: string;
            created: string;
            changed: string;
            version: number;
            schedule: string;
            zone: string;
            paused: boolean;
        };
        digest_body: {
            schedule?: string;
            zone?: string;
            paused?: boolean;
        };
        Event: {
            id: string;
            kind: string;
            /** @enum {string} */
            severity: "info" | "warning" | "error";
            title: string;
            text: string;
            fields: components["schemas"]["EventField"][];
            organization: string;
            subject: string;
            labels: string[];
            url?: string;
            at: string;
        };
        EventField: {
            name: string;
            value: string;
        };
        ProtectedDatabase: {
            database: string;
            name: string;
            server: string;
            protection: string;
            reason: string;
            last_good: string;
            last_proof: string;
            backups: number;
            stored_bytes: number;
        };
        Statistics: {
            databases: number;
            backups: number;
            stored_bytes: number;
            protection: {
                [key: string]: number;
            };
            runs_today: {
                [key: string]: number;
            };
            runs_waiting: number;
            runs_running: number;
            stores: components["schemas"]["StoreUse"][];
        };
        StoreUse: {
            store: string;
            name: string;
            copies: number;
            stored_bytes: number;
            bytes_max: number;
        };
        PlanDefaults: {
            compression: string;
            attempts_max: number;
            stall_seconds: number;
            /** @enum {string} */
            overlap: "queue" | "skip";
            verify_schedule: string;
            verify_level: number;
            retention: components["schemas"]["Retention"];
        };
        Settings: {
            require_second_factor: boolean;
            plan: components["schemas"]["PlanDefaults"];
            created: string;
            changed: string;
            version: number;
            zone: string;
            prune_grace_seconds: number;
            audit_keep_days: number;
        };
        PlanDefaults_body: {
            compression?: string;
            attempts_max?: number;
            stall_seconds?: number;
            /** @enum {string} */
            overlap?: "queue" | "skip";
            verify_schedule?: string;
            verify_level?: number;
            retention?: components["schemas"]["Retention_body"];
        };
        settings_change_body: {
            zone?: string;
            prune_grace_seconds?: number;
            audit_keep_days?: number;
            plan?: components["schemas"]["PlanDefaults_body"];
            require_second_factor?: boolean;
        };
        History: {
            days: components["schemas"]["HistoryDay"][];
            stores: components["schemas"]["StoreHistory"][];
        };
        HistoryDay: {
            day: string;
            begins: string;
            runs: {
                [key: string]: number;
            };
            proofs: {
                [key: string]: number;
            };
            backups: number;
            plain_bytes: number;
            stored_bytes: number;
        };
        StoreHistory: {
            store: string;
            name: string;
            stored_bytes: number[];
        };
        DatabaseHistory: {
            days: components["schemas"]["DatabaseDay"][];
        };
        DatabaseDay: {
            day: string;
            begins: string;
            backups: number;
            seconds_mean: number;
            seconds_max: number;
            plain_bytes: number;
            stored_bytes: number;
            rows: number;
        };
        BulkAnswer: {
            action: string;
            items: components["schemas"]["BulkOutcome"][];
            done: number;
            refused: number;
            more: boolean;
        };
        BulkOutcome: {
            id: string;
            outcome: string;
            runs: string[];
            code: string;
            detail: string;
            hint: string;
        };
        BulkQuestion_body: {
            action: string;
            ids?: string[];
            filter?: {
                [key: string]: string;
            };
            labels?: {
                [key: string]: string;
            };
            remove_labels?: string[];
            level?: number;
            dry_run?: boolean;
        };
        KeyPair: {
            recipient: string;
            secret: string;
            sheet: string;
        };
        Rotation: {
            key: string;
            resealed: number;
        };
        Readiness: {
            ready: boolean;
            checks: components["schemas"]["Check"][];
        };
        StoredPart: {
            name: string;
            object: string;
            bytes: number;
            plain_bytes: number;
            sha256: string;
            compression: string;
            sealed: boolean;
        };
        Contents: {
            tables: components["schemas"]["HeldTable"][];
            large_objects: number;
        };
        HeldTable: {
            schema: string;
            name: string;
            kind: string;
            rows: number;
            bytes: number;
        };
        Download: {
            url: string;
            expires: string;
            file: string;
            bytes: number;
            sha256: string;
        };
        DownloadQuestion_body: {
            part?: string;
            store?: string;
        };
        ServerDatabases: {
            items: components["schemas"]["ServerDatabase"][];
            complete: boolean;
        };
        ServerDatabase: {
            name: string;
            owner: string;
            encoding: string;
            bytes?: number;
            connections: number;
            is_template: boolean;
        };
        ServerRoles: {
            items: components["schemas"]["ServerRole"][];
            complete: boolean;
        };
        ServerRole: {
            name: string;
            superuser: boolean;
            login: boolean;
            create_role: boolean;
            create_database: boolean;
            replication: boolean;
            bypass_row_security: boolean;
            built_in: boolean;
            connections_max: number;
            valid_until: string;
            member_of: string[];
        };
        ServerGrants: {
            items: components["schemas"]["ServerGrant"][];
            complete: boolean;
        };
        ServerGrant: {
            role: string;
            kind: string;
            schema: string;
            object: string;
            privileges: string[];
            grantable: boolean;
        };
        ServerSchemas: {
            items: components["schemas"]["ServerSchema"][];
            complete: boolean;
        };
        ServerSchema: {
            name: string;
            owner: string;
            tables: number;
        };
        ServerTables: {
            items: components["schemas"]["ServerTable"][];
            next?: string;
        };
        ServerTable: {
            schema: string;
            name: string;
            kind: string;
            owner: string;
            rows_estimate?: number;
            bytes: number;
            index_bytes: number;
            indexes: number;
        };
        Diagram: {
            tables: components["schemas"]["DiagramTable"][];
            foreign_keys: components["schemas"]["ForeignKey"][];
            complete: boolean;
        };
        DiagramTable: {
            schema: string;
            name: string;
            columns: components["schemas"]["TableColumn"][];
        };
        TableColumn: {
            name: string;
            type: string;
            nullable: boolean;
            primary_key: boolean;
            default_sql?: string;
        };
        ForeignKey: {
            name: string;
            schema: string;
            table: string;
            columns: string[];
            to_schema: string;
            to_table: string;
            to_columns: string[];
        };
        TableDetails: {
            table: components["schemas"]["ServerTable"];
            columns: components["schemas"]["TableColumn"][];
            indexes: components["schemas"]["TableIndex"][];
            foreign_keys: components["schemas"]["ForeignKey"][];
            referenced_by: components["schemas"]["ForeignKey"][];
        };
        TableIndex: {
            name: string;
            definition: string;
            unique: boolean;
            primary_key: boolean;
            valid: boolean;
            bytes: number;
        };
        TableRows: {
            columns: components["schemas"]["TableColumn"][];
            rows: unknown;
            cut: components["schemas"]["CutCell"][];
            cell_letters_max: number;
            ordered_by: string[];
            next?: string;
        };
        CutCell: {
            row: number;
            column: number;
        };
        AskedAct: {
            code: string;
            expires: string;
            says: string;
            rows_estimate?: number;
            bytes: number;
            connections: number;
            newest_backup: string;
        };
        DatabaseAct_body: {
            /** @enum {string} */
            act: "create_database" | "drop_database" | "truncate_table" | "drop_table";
            database: string;
            schema?: string;
            table?: string;
            owner?: string;
        };
        DoneAct: {
            done: string;
        };
        AuditChange: {
            object: string;
            before: {
                [key: string]: unknown;
            };
            after: {
                [key: string]: unknown;
            };
        };
        AuditRow: {
            id: string;
            hash: string;
            created: string;
            previous: string;
            changes: components["schemas"]["AuditChange"][];
            sequence: number;
            user: string;
            actor: string;
            via: string;
            address: string;
            action: string;
            object: string;
        };
        AuditReport: {
            intact: boolean;
            rows: number;
            first: number;
            last: number;
            hash: string;
            faults: components["schemas"]["AuditFault"][];
            faults_found: number;
        };
        AuditFault: {
            kind: string;
            sequence: number;
            detail: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_setup: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetupQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Credentials_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecondStep_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session_refresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SessionInfo"][];
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sessions_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sessions_end_others: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ended"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorState"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewFactor"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CodeQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_recovery_codes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CodeQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CodeQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_members_id_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_members: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "role" | "email" | "version" | "-id" | "-created" | "-changed" | "-name" | "-role" | "-email" | "-version";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                role?: "viewer" | "operator" | "admin" | "owner";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                email?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_members_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_members_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_members_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RoleQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_members_id_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_invitations: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "role" | "made_by" | "expires" | "version" | "-id" | "-created" | "-changed" | "-name" | "-role" | "-made_by" | "-expires" | "-version";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                role?: "viewer" | "operator" | "admin" | "owner";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                made_by?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                expires?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_invitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["InvitationQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_invitations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_invitations_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_invitations_accept: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Acceptance_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfileChange_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_profile_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordChange_body"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_preferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_profile_picture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PictureQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_profile_picture: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_members_id_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tokens: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "kind" | "user" | "expires" | "used" | "version" | "-id" | "-created" | "-changed" | "-name" | "-kind" | "-user" | "-expires" | "-used" | "-version";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                kind?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                user?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                expires?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                used?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Token"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_tokens_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_organizations: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "version" | "-id" | "-created" | "-changed" | "-name" | "-version";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Organization"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_organizations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_organizations_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["organization_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "url" | "notes" | "version" | "runs_max" | "-id" | "-created" | "-changed" | "-name" | "-url" | "-notes" | "-version" | "-runs_max";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                url?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                runs_max?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Server"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_server_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_servers_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_servers_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["server_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_databases: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "server" | "name" | "source_id" | "notes" | "version" | "paused" | "archived" | "-id" | "-created" | "-changed" | "-server" | "-name" | "-source_id" | "-notes" | "-version" | "-paused" | "-archived";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                server?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                source_id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                paused?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                archived?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Database"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_databases: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_database_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Database"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_databases_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Database"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_databases_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_databases_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["database_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Database"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_stores: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "url" | "notes" | "version" | "runs_max" | "bytes_max" | "nearly_full" | "paused" | "-id" | "-created" | "-changed" | "-name" | "-url" | "-notes" | "-version" | "-runs_max" | "-bytes_max" | "-nearly_full" | "-paused";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                url?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                runs_max?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                bytes_max?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                nearly_full?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                paused?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Store"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_stores: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_store_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_stores_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_stores_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_stores_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["store_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_keys: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "recipient" | "notes" | "version" | "-id" | "-created" | "-changed" | "-name" | "-recipient" | "-notes" | "-version";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                recipient?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_keys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_key_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_keys_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_keys_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_keys_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["key_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plans: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "schedule" | "zone" | "compression" | "verify_schedule" | "overlap" | "notes" | "last_scheduled" | "next_run" | "last_verify" | "next_verify" | "watched_since" | "version" | "jitter_seconds" | "encrypted" | "verify_level" | "attempts_max" | "stall_seconds" | "paused" | "-id" | "-created" | "-changed" | "-name" | "-schedule" | "-zone" | "-compression" | "-verify_schedule" | "-overlap" | "-notes" | "-last_scheduled" | "-next_run" | "-last_verify" | "-next_verify" | "-watched_since" | "-version" | "-jitter_seconds" | "-encrypted" | "-verify_level" | "-attempts_max" | "-stall_seconds" | "-paused";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                schedule?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                zone?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                compression?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                verify_schedule?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                overlap?: "queue" | "skip";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                last_scheduled?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                next_run?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                last_verify?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                next_verify?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                watched_since?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                jitter_seconds?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                encrypted?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                verify_level?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                attempts_max?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                stall_seconds?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                paused?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Plan"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_plans: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_plan_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plans_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_plans_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_plans_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["plan_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_channels: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "name" | "driver" | "severity" | "notes" | "down_since" | "trouble" | "version" | "paused" | "failures" | "-id" | "-created" | "-changed" | "-name" | "-driver" | "-severity" | "-notes" | "-down_since" | "-trouble" | "-version" | "-paused" | "-failures";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                driver?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                severity?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                down_since?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                trouble?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                paused?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                failures?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Channel"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_channels: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["new_channel_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_channels_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_channels_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_channels_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["channel_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backups: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "name" | "taken" | "stored_bytes" | "-id" | "-name" | "-taken" | "-stored_bytes";
                /** @description Words to search for */
                q?: string;
                /** @description `env:prod`, or `env` with any value; may be given repeatedly */
                label?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                database?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                plan?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                run?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                engine?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                method?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                source_id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                trigger?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                taken?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                finished?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                server_version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                tool_version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                compression?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                manifest_sha256?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                locked_until?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                notes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                plain_bytes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                stored_bytes?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                tables?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                rows?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                quarantined?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                pinned?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Backup"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backups_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_backups_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["backup_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_copies: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                backup?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                store?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                state?: "complete" | "failed" | "condemned" | "removed" | "missing";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                error?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                remove_after?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                reason?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                damaged?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                stored_bytes?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Copy"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_copies_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Copy"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_replacements: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "created" | "changed" | "run" | "database" | "server" | "name" | "kept_as" | "keep_until" | "state" | "version" | "keep_hours" | "-id" | "-created" | "-changed" | "-run" | "-database" | "-server" | "-name" | "-kept_as" | "-keep_until" | "-state" | "-version" | "-keep_hours";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                run?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                database?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                server?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                name?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                kept_as?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                keep_until?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                state?: "expected" | "kept" | "returned" | "dropped" | "none";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                keep_hours?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Replacement"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_replacements_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replacement"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                kind?: "backup" | "restore" | "verify" | "prune" | "undo";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                state?: "queued" | "running" | "succeeded" | "partly" | "failed" | "cancelled" | "interrupted";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                trigger?: "schedule" | "catch_up" | "manual" | "retry" | "heal" | "safety";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                plan?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                database?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                server?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                scheduled_for?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                not_before?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                started?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                finished?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                backup?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                error?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                error_code?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                hint?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                attempt?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                attempts_max?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                cancel_requested?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                memory_bytes?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Run"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deliveries: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                channel?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                event?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                state?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                next_attempt?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                answer?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                replay_of?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                attempts?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deliveries_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                changed?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                kind?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                severity?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                title?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                text?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                subject?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                version?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                seen?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notification"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_notifications_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["notification_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_plans_id_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plans_id_upcoming: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upcoming"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_schedules_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScheduleQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upcoming"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_plans_id_retention_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetentionQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPreview"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["VerifyQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopiesAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_keep: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopiesAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_restore_preflight: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreflightAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UndoQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs_id_log: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "level" | "-id" | "-level";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                level?: string;
            };
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LogLine"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProbeQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers_id_role_sql: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProbeQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleSql"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_stores_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreProbe"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_channel_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChannelKind"][];
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_event_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EventKindInfo"][];
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_channels_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelProbe"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_deliveries_id_replay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_unread_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_read_all: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadAll_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_digest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_digest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["digest_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_digest_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_protection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProtectedDatabase"][];
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_statistics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; 412 if it changed */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["settings_change_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_statistics_history: {
        parameters: {
            query?: {
                /** @description The first day, 2026-11-01; 30 days unless given */
                from?: string;
                /** @description The last day; today unless given */
                to?: string;
                /** @description Whose days these are: Europe/Berlin; that of the settings unless given */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_databases_id_history: {
        parameters: {
            query?: {
                /** @description The first day, 2026-11-01; 30 days unless given */
                from?: string;
                /** @description The last day; today unless given */
                to?: string;
                /** @description Whose days these are: Europe/Berlin; that of the settings unless given */
                zone?: string;
            };
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatabaseHistory"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_plans_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_databases_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_stores_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_keys_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_channels_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_live: {
        parameters: {
            query?: {
                /** @description Go on behind this sequence number */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_key_pairs: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPair"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_settings_rotate_master_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rotation"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backups_id_parts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StoredPart"][];
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backups_id_contents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contents"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backups_id_downloads: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DownloadQuestion_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Download"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backups_id_downloads_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDatabases"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerRoles"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_grants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerGrants"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_schemas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerSchemas"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_tables: {
        parameters: {
            query?: {
                /** @description Only what is in this schema */
                schema?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description How many at most */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerTables"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_diagram: {
        parameters: {
            query?: {
                /** @description Only what is in this schema */
                schema?: string;
            };
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagram"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_tables_schema_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
                /** @description The id of the row */
                schema: string;
                /** @description The id of the row */
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableDetails"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_servers_id_databases_database_tables_schema_table_rows: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                /** @description How many at most */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                database: string;
                /** @description The id of the row */
                schema: string;
                /** @description The id of the row */
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableRows"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers_id_acts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DatabaseAct_body"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedAct"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_servers_id_acts_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again does nothing twice */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the row */
                id: string;
                /** @description The id of the row */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneAct"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                user?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                actor?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                via?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                address?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                action?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                object?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                previous?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                hash?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                sequence?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditRow"][];
                        next?: string;
                    };
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the row */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditRow"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_export_csv: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                user?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                actor?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                via?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                address?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                action?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                object?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                previous?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                hash?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                sequence?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_export_jsonl: {
        parameters: {
            query?: {
                /** @description From 1 to 500; 50 unless given */
                limit?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description A field; with a minus before it from high to low */
                sort?: "id" | "-id";
                /** @description Words to search for */
                q?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                id?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                created?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                user?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                actor?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                via?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                address?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                action?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                object?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                previous?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                hash?: string;
                /** @description Only these; also with .not .lt .lte .gt .gte .in or .contains behind the name */
                sequence?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_check: {
        parameters: {
            query?: {
                /** @description SEQUENCE:HASH of an earlier check, which must still be there */
                known?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditReport"];
                };
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get_openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get_docs.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get_docs.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 says */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
