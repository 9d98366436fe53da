// Generated from the OpenAPI description of the server by `make client`.  Do not edit.
export interface paths {
    "/api/tradewind/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Assets
         * @description Assets: who makes and uses them, and whether they are as fresh as usual.
         */
        get: operations["list_assets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset Page
         * @description One asset: its freshness, who makes it, who waits for what, its partitions and the numbers of its events.
         */
        get: operations["get_asset_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/assets/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Asset Events
         * @description Events of assets, the newest first: who made them and which runs they led to.
         */
        get: operations["list_asset_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Audit
         * @description Changes, the newest first.  Secrets are in none of them.
         */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List All Backfills
         * @description Backfills of one DAG, or of all.
         */
        get: operations["list_all_backfills"];
        put?: never;
        /**
         * Create Any Backfill
         * @description Make a backfill of a range or a list of dates, of all tasks or some.
         */
        post: operations["create_any_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/backfills/{backfill_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Backfill Detail
         * @description A backfill, how far it has come, and how its runs stand.
         */
        get: operations["get_backfill_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Backfill
         * @description Change how many of its runs run at once, or after how many failed ones it stops.
         */
        patch: operations["patch_backfill"];
        trace?: never;
    };
    "/api/tradewind/backfills/{backfill_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Backfill
         * @description Let its failed runs run again, also when it is over.
         */
        post: operations["retry_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/backfills/{backfill_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Backfill Runs
         * @description What became of each logical date that was decided, and why.
         */
        get: operations["get_backfill_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Settings
         * @description Every setting with its default and where its value came from.  Secrets are hidden.
         */
        get: operations["list_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dags
         * @description DAGs with their newest runs as bars, what comes next, and how long they take.
         */
        get: operations["list_dags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags-filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Filters
         * @description The tags and owners in use.
         */
        get: operations["get_dag_filters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Matching Dags
         * @description All DAGs that the filters of the list of DAGs match, up to 1,000.
         */
        get: operations["list_matching_dags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Facts
         * @description One DAG, as in the list, and what it waits for.
         */
        get: operations["get_dag_facts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Calendar
         * @description How many runs of a DAG are of which day, or hour, by state, those to come too.  A run is of its logical date, as
         *     lists call it; without one of the time from which it may run.
         */
        get: operations["get_dag_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/dagRuns/{dag_run_id}/deadlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Run Deadlines
         * @description Deadlines, earliest first; `~` stands for all DAGs, or all runs.
         */
        get: operations["get_dag_run_deadlines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/durations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Durations
         * @description How long the newest runs of a DAG, or one of its tasks in them, waited and took.
         */
        get: operations["get_dag_durations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Graph
         * @description Tasks, groups, assets at the border, and the edges between them.
         */
        get: operations["get_dag_graph"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Grid
         * @description Runs of a DAG by its tasks, the newest first.
         */
        get: operations["get_dag_grid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Overview
         * @description What a DAG is for, how its newest run went, what fails, what it makes and uses, what is due.
         */
        get: operations["get_dag_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Runs
         * @description How a run differs from another one of the same DAG: tasks, durations, conf, version.
         */
        get: operations["compare_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/graph-states": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Run Graph States
         * @description The states of a run by task, of mapped tasks with their counts.
         */
        get: operations["get_run_graph_states"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Run Summary
         * @description How a run went, or goes: its outcome, what made it fail, what it was compared with before.
         */
        get: operations["get_run_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Page
         * @description A task in a run.  Of a mapped task without a map index: its instances together.
         */
        get: operations["get_task_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Instance Counts
         * @description How many instances of a mapped task are in which state.
         */
        get: operations["get_instance_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Instances
         * @description The instances of a mapped task, those that need attention first; in other orders those without a value last.
         */
        get: operations["list_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Matching Instances
         * @description All instances of a mapped task that the filters of their list match, up to 5,000.
         */
        get: operations["list_matching_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Log Range
         * @description A part of a log: from a byte on, before a byte, around a byte or a line, or (without any of them) the end.
         *
         *     With `level` only lines of these levels; at most 32 MiB are looked through, and `start` and `end` say which.
         */
        get: operations["read_log_range"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Log
         * @description A log as it grows: server-sent events, each with lines; the id of an event is where to go on.
         *
         *     503: as many logs as the server takes are followed already.
         */
        get: operations["follow_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/outline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Log Outline
         * @description How many lines of which level a log has, and where its errors and groups are.
         *
         *     Of a large log the outline is made in pieces of 32 MiB: ask again until it is complete.
         */
        get: operations["get_log_outline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Log
         * @description The log file as it is stored, a JSON object on each line; takes one `Range` of bytes.
         */
        get: operations["download_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Log
         * @description Where a text is in a log.  At most 32 MiB are looked through: go on with `scanned` until it is complete.
         */
        get: operations["search_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/xcom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Xcom
         * @description The value of an XCom of any size: JSON as it was stored, without secrets, as a file.
         *
         *     When what lies beside the database was changed by somebody else, the answer breaks off.
         */
        get: operations["download_xcom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/runs/{run_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Run Timeline
         * @description When the tasks of a run were queued, started and ended, and which of them decided how long it took.
         */
        get: operations["get_run_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/task-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Changes
         * @description What the tasks of a DAG did lately.
         */
        get: operations["get_task_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Tasks
         * @description The tasks of a DAG: what each is, its state in the newest run, and how long it took.
         */
        get: operations["get_dag_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/dags/{dag_id}/unpause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unpause Dag
         * @description Unpause a DAG; with `confirm_past_runs` the guard lets all runs for fire times up to now through.
         */
        post: operations["unpause_dag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream Events
         * @description What changes, as it changes: one stream for many topics; a `beat` every 15 seconds when nothing does.
         *
         *     Every event has a `kind`, which is also its name.  A browser that reconnects sends the id of the last event, and
         *     gets what it missed; when that is too long ago, a `reset`.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/explain/dags/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain Dag
         * @description Why a DAG makes no new run, or when the next one comes.
         */
        get: operations["explain_dag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/explain/dags/{dag_id}/dagRuns/{dag_run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain Dag Run
         * @description Why a run does not start or go on, or how it ended.
         */
        get: operations["explain_dag_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/explain/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain Task Instance
         * @description Why a task instance waits, or how it ended; of a mapped task without an index, why its instances wait.
         */
        get: operations["explain_task_instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Service Health
         * @description Which services and workers live, and how full the pools are.
         */
        get: operations["get_service_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Home
         * @description What needs people now, and what comes next.
         */
        get: operations["get_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Lineage
         * @description Which DAGs make and use which assets: around one asset or DAG, or all of it.
         */
        get: operations["get_lineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log In Browser
         * @description Log in at a browser: the answer sets a cookie that no script can read and no other site can use.
         */
        post: operations["log_in_browser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/login-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Login Options
         * @description What the login page offers.
         */
        get: operations["get_login_options"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log Out Browser
         * @description End the login of this browser.
         */
        post: operations["log_out_browser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/logout-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log Out Everywhere
         * @description End all your logins, and the tokens that you got by password; those of machines go on.
         */
        post: operations["log_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Me
         * @description Who you are here: your role, and the DAGs that you deal with.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Password
         * @description Change your password.  All your logins end, but for that of this browser.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish Oidc Login
         * @description Where the provider sends the browser back to.
         */
        get: operations["finish_oidc_login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/oidc/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin Oidc Login
         * @description To the OpenID provider, and from there to `next`, a path of this server.
         */
        get: operations["begin_oidc_login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Backfill
         * @description What a backfill would do with each logical date, and how long that will take.
         */
        post: operations["preview_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/backfills/{backfill_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Backfill Retry
         * @description What letting its failed runs run again would touch.
         */
        get: operations["preview_backfill_retry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/clear/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Clear
         * @description What clearing lets run again: runs, and tasks with the number of their instances.
         */
        post: operations["preview_clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/delete/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Delete
         * @description What is deleted with a DAG.
         */
        get: operations["preview_delete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/delete/{dag_id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Delete Run
         * @description What is deleted with a run.
         */
        get: operations["preview_delete_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/mark-run/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Mark Run
         * @description What marking a run changes.
         */
        post: operations["preview_mark_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/mark/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Mark
         * @description What marking task instances changes.
         */
        post: operations["preview_mark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/pause/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Pause
         * @description What pausing a DAG holds up.
         */
        get: operations["preview_pause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Runs
         * @description What an action on several runs touches, all together, and which of them refuse it.
         */
        post: operations["preview_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Schedule
         * @description The runs that a DAG makes at once when its file has another schedule.
         */
        post: operations["preview_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/trigger/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Trigger
         * @description The run that triggering makes, whether its conf is valid, and what it waits for.
         */
        post: operations["preview_trigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/preview/unpause/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Unpause
         * @description The runs that unpausing a DAG makes at once.
         */
        get: operations["preview_unpause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Questions
         * @description What waits for an answer of people, what is due first at the top; or what was answered.
         */
        get: operations["list_questions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Roles
         * @description The four roles that there are always, and those that were made.
         */
        get: operations["get_roles"];
        put?: never;
        /**
         * Create Role
         * @description Make a role that stands on one of the four, for all DAGs or some.
         */
        post: operations["create_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Role
         * @description Remove a role that nobody has.
         */
        delete: operations["delete_role"];
        options?: never;
        head?: never;
        /**
         * Update Role
         * @description Change a role.
         */
        patch: operations["update_role"];
        trace?: never;
    };
    "/api/tradewind/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Runs
         * @description Runs with all that a list shows of them, by default those for the latest times first.
         *
         *     With `from` or `to` the order by `run_after` is that by the date of the runs, which these bound.
         */
        get: operations["list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/runs-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Matching Runs
         * @description All runs that the filters of the list of runs match, up to 5,000.
         */
        get: operations["list_matching_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Schedule
         * @description The runs of all DAGs in a span of time: those that were, are and will be.
         */
        get: operations["get_schedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Everything
         * @description Find DAGs, tasks, assets, pools and settings by a part of their name, runs by the start of `run` or `dag/run`.
         *
         *     Tasks also by `dag/task`, a part of each; instead of the slash a space will do.
         *
         *     Connections and variables are found by those who may keep them.
         */
        get: operations["search_everything"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Session
         * @description Who am I, what may I do, and how many things need me.
         */
        get: operations["get_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Machine Tokens
         * @description Your tokens, the newest first; for administrators those of all.
         */
        get: operations["get_machine_tokens"];
        put?: never;
        /**
         * Create Machine Token
         * @description Make a token.  The answer is the only place where it is shown.
         */
        post: operations["create_machine_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Machine Token
         * @description End a token for good.
         */
        delete: operations["revoke_machine_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Users
         * @description Users by name.
         */
        get: operations["get_users"];
        put?: never;
        /**
         * Create User
         * @description Add a user.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get User
         * @description A user.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Delete User
         * @description Remove a user with his tokens and logins.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Update User
         * @description Change role, rights or password of a user.  A new password ends his logins.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v2/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Assets
         * @description Assets.
         */
        get: operations["get_assets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset
         * @description An asset.
         */
        get: operations["get_asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/materialize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Materialize Asset
         * @description Trigger the DAG that makes an asset.
         */
        post: operations["materialize_asset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset Queued Events
         * @description DAGs that have seen an asset and wait for others.
         */
        get: operations["get_asset_queued_events"];
        put?: never;
        post?: never;
        /**
         * Delete Asset Queued Events
         * @description Let every DAG forget that it has seen an asset.
         */
        delete: operations["delete_asset_queued_events"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/state-store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Asset State Store
         * @description The entries of an asset, by key.
         */
        get: operations["list_asset_state_store"];
        put?: never;
        post?: never;
        /**
         * Clear Asset State Store
         * @description Delete all entries of an asset.
         */
        delete: operations["clear_asset_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/state-store/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset State Store
         * @description One entry.
         */
        get: operations["get_asset_state_store"];
        /**
         * Set Asset State Store
         * @description Write an entry.
         */
        put: operations["set_asset_state_store"];
        post?: never;
        /**
         * Delete Asset State Store
         * @description Delete an entry.
         */
        delete: operations["delete_asset_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset Aliases
         * @description Aliases of assets.
         */
        get: operations["get_asset_aliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/aliases/{asset_alias_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset Alias
         * @description An alias.
         */
        get: operations["get_asset_alias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset Events
         * @description Events of assets.
         */
        get: operations["get_asset_events"];
        put?: never;
        /**
         * Create Asset Event
         * @description Tell of an update of an asset.
         */
        post: operations["create_asset_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Login
         * @description To the login page, and from there to `next`, a path of this server.
         */
        get: operations["login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Logout
         * @description End the login of this browser.
         *
         *     Another site can lead here, too; the cookie does not come along then, and is only forgotten by a page of ours.
         */
        get: operations["logout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Backfills
         * @description Backfills of a DAG.
         */
        get: operations["list_backfills"];
        put?: never;
        /**
         * Create Backfill
         * @description Make a backfill.
         */
        post: operations["create_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Backfill
         * @description A backfill.
         */
        get: operations["get_backfill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Cancel Backfill
         * @description End it: queued runs fail, running ones go on to their end.
         */
        put: operations["cancel_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pause Backfill
         * @description Make and start no more runs; those that run go on.
         */
        put: operations["pause_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/unpause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Unpause Backfill
         * @description Let it go on.
         */
        put: operations["unpause_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Backfill Dry Run
         * @description The runs that a backfill would make, or make again.
         */
        post: operations["create_backfill_dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Config
         * @description The configuration, or a section of it.  Secrets are hidden.
         */
        get: operations["get_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/config/section/{section}/option/{option}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Config Value
         * @description One option.  A secret is hidden.
         */
        get: operations["get_config_value"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Connections
         * @description Connections.
         */
        get: operations["get_connections"];
        put?: never;
        /**
         * Post Connection
         * @description Create a connection.
         */
        post: operations["post_connection"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Bulk Connections
         * @description Create, change and delete connections.
         */
        patch: operations["bulk_connections"];
        trace?: never;
    };
    "/api/v2/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Connection
         * @description A connection.
         */
        get: operations["get_connection"];
        put?: never;
        post?: never;
        /**
         * Delete Connection
         * @description Delete a connection.
         */
        delete: operations["delete_connection"];
        options?: never;
        head?: never;
        /**
         * Patch Connection
         * @description Change a connection.
         */
        patch: operations["patch_connection"];
        trace?: never;
    };
    "/api/v2/connections/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Default Connections
         * @description Create connections that examples use; those that exist stay as they are.
         */
        post: operations["create_default_connections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections/enqueue-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Connection Test
         * @description How far a test is, by its token; for an hour after its end.
         */
        get: operations["get_connection_test"];
        put?: never;
        /**
         * Enqueue Connection Test
         * @description Let a connection be tested; the token leads to the answer.
         */
        post: operations["enqueue_connection_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Connection
         * @description Whether a connection works; waits for the answer.
         */
        post: operations["test_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dags
         * @description DAGs.
         */
        get: operations["get_dags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Dags
         * @description Pause or unpause the DAGs of one page of a list.
         */
        patch: operations["patch_dags"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag
         * @description A DAG.
         */
        get: operations["get_dag"];
        put?: never;
        post?: never;
        /**
         * Delete Dag
         * @description Delete all that is known of a DAG.  It comes back when its file is there.
         */
        delete: operations["delete_dag"];
        options?: never;
        head?: never;
        /**
         * Patch Dag
         * @description Pause or unpause a DAG.
         */
        patch: operations["patch_dag"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/assets/{asset_id}/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Asset Queued Event
         * @description Whether a DAG has seen an asset since its last run.
         */
        get: operations["get_dag_asset_queued_event"];
        put?: never;
        post?: never;
        /**
         * Delete Dag Asset Queued Event
         * @description Let a DAG forget that it has seen an asset.
         */
        delete: operations["delete_dag_asset_queued_event"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/assets/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Asset Queued Events
         * @description Assets that a DAG has seen since its last run.
         */
        get: operations["get_dag_asset_queued_events"];
        put?: never;
        post?: never;
        /**
         * Delete Dag Asset Queued Events
         * @description Let a DAG forget what it has seen.
         */
        delete: operations["delete_dag_asset_queued_events"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearDagRuns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Clear Dag Runs
         * @description Let runs run again: the task instances that would be cleared with `dry_run`, else the runs.
         *
         *     A run that cannot be cleared ends the request; those before it are cleared.
         */
        post: operations["clear_dag_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearPartitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Clear Dag Run Partitions
         * @description Let runs forget which partition they are of; with `dry_run` only say how many.
         */
        post: operations["clear_dag_run_partitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearTaskInstances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Clear Task Instances
         * @description Let task instances run again; with `dry_run` only say which.
         */
        post: operations["post_clear_task_instances"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Runs
         * @description The runs of a DAG; of all DAGs with `~`.
         */
        get: operations["get_dag_runs"];
        put?: never;
        /**
         * Trigger Dag Run
         * @description Make a run.
         */
        post: operations["trigger_dag_run"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Bulk Dag Runs
         * @description Change or delete runs; of several DAGs with `~`.
         */
        patch: operations["bulk_dag_runs"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Run
         * @description A run.
         */
        get: operations["get_dag_run"];
        put?: never;
        post?: never;
        /**
         * Delete Dag Run
         * @description Delete a run that does not run.
         */
        delete: operations["delete_dag_run"];
        options?: never;
        head?: never;
        /**
         * Patch Dag Run
         * @description Mark a run success or failed, queue it again, or write its note.
         */
        patch: operations["patch_dag_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Clear Dag Run
         * @description Let a run run again: the task instances it would clear with `dry_run`, else the run.
         */
        post: operations["clear_dag_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/hitlDetails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Hitl Details
         * @description What tasks ask in their present try; `~` stands for all DAGs, or all runs.
         */
        get: operations["get_hitl_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskGroupInstances/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Task Group Instances
         * @description Mark the task instances of a group and of the groups in it, or write their notes.
         */
        patch: operations["patch_task_group_instances"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskGroupInstances/{group_id}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Task Group Instances Dry Run
         * @description Which task instances marking would change.
         */
        patch: operations["patch_task_group_instances_dry_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instances
         * @description The task instances of a run; of all runs, or all DAGs, with `~`.
         */
        get: operations["get_task_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Bulk Task Instances
         * @description Change or delete task instances; of several runs or DAGs with `~`.
         */
        patch: operations["bulk_task_instances"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instance
         * @description A task instance that is not mapped.
         */
        get: operations["get_task_instance"];
        put?: never;
        post?: never;
        /**
         * Delete Task Instance
         * @description Delete a task instance of a run that ended.
         */
        delete: operations["delete_task_instance"];
        options?: never;
        head?: never;
        /**
         * Patch Task Instance
         * @description Mark a task instance, or write its note.
         */
        patch: operations["patch_task_instance"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Mapped Task Instance
         * @description An instance of a mapped task.
         */
        get: operations["get_mapped_task_instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Task Instance By Map Index
         * @description Mark an instance of a mapped task, or write its note.
         */
        patch: operations["patch_task_instance_by_map_index"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instance Dependencies By Map Index
         * @description What keeps an instance of a mapped task that waits from being queued; nothing once it was.
         */
        get: operations["get_task_instance_dependencies_by_map_index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Task Instance Dry Run By Map Index
         * @description Which task instances marking would change.
         */
        patch: operations["patch_task_instance_dry_run_by_map_index"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Hitl Detail
         * @description What a task instance asks in its present try.
         */
        get: operations["get_hitl_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update Hitl Detail
         * @description Answer what a task asks; it goes on at once.  There is one answer, and only those who were asked may give it.
         */
        patch: operations["update_hitl_detail"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails/tries/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Hitl Detail Try Detail
         * @description What a task instance asked in one of its tries.
         */
        get: operations["get_hitl_detail_try_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Mapped Task Instance Tries
         * @description All tries of an instance of a mapped task.
         */
        get: operations["get_mapped_task_instance_tries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries/{task_try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Mapped Task Instance Try Details
         * @description One try of an instance of a mapped task.
         */
        get: operations["get_mapped_task_instance_try_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instance Dependencies
         * @description What keeps a task instance that waits from being queued; nothing once it was.
         */
        get: operations["get_task_instance_dependencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Task Instance Dry Run
         * @description Which task instances marking would change.
         */
        patch: operations["patch_task_instance_dry_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/externalLogUrl/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get External Log Url
         * @description Always 400 for a task instance that there is: its log lies here, at `logs/{try_number}`.
         */
        get: operations["get_external_log_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Extra Links
         * @description The links of a task instance; those of its last try, whatever `try_number` says.
         */
        get: operations["get_extra_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/listMapped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Mapped Task Instances
         * @description The instances of a mapped task.
         */
        get: operations["get_mapped_task_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Log
         * @description The log of one try.
         *
         *     As JSON a long log comes in parts, and that of a running task goes on: ask again with `continuation_token`.
         */
        get: operations["get_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Task State Store
         * @description The entries of a task instance, by key.
         */
        get: operations["list_task_state_store"];
        put?: never;
        post?: never;
        /**
         * Clear Task State Store
         * @description Delete all entries of a task instance, or of all instances of the task.
         */
        delete: operations["clear_task_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task State Store
         * @description One entry.
         */
        get: operations["get_task_state_store"];
        /**
         * Set Task State Store
         * @description Write an entry.
         */
        put: operations["set_task_state_store"];
        post?: never;
        /**
         * Delete Task State Store
         * @description Delete an entry.
         */
        delete: operations["delete_task_state_store"];
        options?: never;
        head?: never;
        /**
         * Patch Task State Store
         * @description Replace the value of an entry.
         */
        patch: operations["patch_task_state_store"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instance Tries
         * @description All tries of a task instance.
         */
        get: operations["get_task_instance_tries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries/{task_try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task Instance Try Details
         * @description One try of a task instance.
         */
        get: operations["get_task_instance_try_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Xcom Entries
         * @description XComs without their values; each of the three ids may be `~`.
         */
        get: operations["get_xcom_entries"];
        put?: never;
        /**
         * Create Xcom Entry
         * @description Write an XCom of a task instance.
         */
        post: operations["create_xcom_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Xcom Entry
         * @description An XCom with its value: as plain JSON, or with `stringify` as one text, Python's `str()` of it.
         *
         *     `deserialize` changes nothing: values are readable without it, and no object is ever made of them here.
         */
        get: operations["get_xcom_entry"];
        put?: never;
        post?: never;
        /**
         * Delete Xcom Entry
         * @description Delete an XCom.
         */
        delete: operations["delete_xcom_entry"];
        options?: never;
        head?: never;
        /**
         * Update Xcom Entry
         * @description Replace the value of an XCom.
         */
        patch: operations["update_xcom_entry"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get Task Instances Batch
         * @description Task instances of several DAGs; both ids in the path are `~`.
         */
        post: operations["get_task_instances_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/upstreamAssetEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Upstream Asset Events
         * @description The events that a run consumed.
         */
        get: operations["get_upstream_asset_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait Dag Run Until Finished
         * @description The state of a run as a line of JSON at every interval, until it has finished; then the results.
         */
        get: operations["wait_dag_run_until_finished"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get List Dag Runs Batch
         * @description Runs of several DAGs; the DAG id in the path is `~`.
         */
        post: operations["get_list_dag_runs_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagVersions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Versions
         * @description The versions of a DAG; of all DAGs with `~`.
         */
        get: operations["get_dag_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagVersions/{version_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Version
         * @description A version of a DAG.
         */
        get: operations["get_dag_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Details
         * @description A DAG with all that is known of it.
         */
        get: operations["get_dag_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/favorite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Favorite Dag
         * @description Mark a DAG as a favourite of yours.
         */
        post: operations["favorite_dag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Tasks
         * @description All tasks of a DAG.
         */
        get: operations["get_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Task
         * @description A task.
         */
        get: operations["get_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/unfavorite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unfavorite Dag
         * @description Take the mark away.
         */
        post: operations["unfavorite_dag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagSources/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Source
         * @description The text of a DAG's file, of the newest version unless one is named.
         */
        get: operations["get_dag_source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagStats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Stats
         * @description How many runs of each DAG are in which state.
         */
        get: operations["get_dag_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagTags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dag Tags
         * @description The names of all tags.
         */
        get: operations["get_dag_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagWarnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dag Warnings
         * @description What the authors of DAGs should know.
         */
        get: operations["list_dag_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/eventLogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Event Logs
         * @description What people and programs did.
         */
        get: operations["get_event_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/eventLogs/{event_log_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Event Log
         * @description One event.
         */
        get: operations["get_event_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/importErrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Import Errors
         * @description DAG files that could not be loaded, and why.
         */
        get: operations["get_import_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/importErrors/{import_error_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Import Error
         * @description Why a DAG file could not be loaded.
         */
        get: operations["get_import_error"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Jobs
         * @description The processes of Tradewind that live or lived.
         */
        get: operations["get_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/monitor/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Health
         * @description Whether the database answers and the parts live.  Always 200: the body tells.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/parseDagFile/{file_token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reparse Dag File
         * @description Let the DAG processor read a DAG file again.
         */
        put: operations["reparse_dag_file"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Plugins
         * @description Plugins, as the DAG processor found them.
         */
        get: operations["get_plugins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/plugins/importErrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Import Errors
         * @description Plugins that could not be loaded, and why.
         */
        get: operations["import_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Pools
         * @description Pools and how full they are.
         */
        get: operations["get_pools"];
        put?: never;
        /**
         * Post Pool
         * @description Create a pool.
         */
        post: operations["post_pool"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Bulk Pools
         * @description Create, change and delete pools.
         */
        patch: operations["bulk_pools"];
        trace?: never;
    };
    "/api/v2/pools/{pool_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Pool
         * @description A pool and how full it is.
         */
        get: operations["get_pool"];
        put?: never;
        post?: never;
        /**
         * Delete Pool
         * @description Delete a pool.
         */
        delete: operations["delete_pool"];
        options?: never;
        head?: never;
        /**
         * Patch Pool
         * @description Change a pool.
         */
        patch: operations["patch_pool"];
        trace?: never;
    };
    "/api/v2/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Providers
         * @description Installed provider packages.
         */
        get: operations["get_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Variables
         * @description Variables.
         */
        get: operations["get_variables"];
        put?: never;
        /**
         * Post Variable
         * @description Create a variable.
         */
        post: operations["post_variable"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Bulk Variables
         * @description Create, change and delete variables.
         */
        patch: operations["bulk_variables"];
        trace?: never;
    };
    "/api/v2/variables/{variable_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Variable
         * @description A variable.
         */
        get: operations["get_variable"];
        put?: never;
        post?: never;
        /**
         * Delete Variable
         * @description Delete a variable.
         */
        delete: operations["delete_variable"];
        options?: never;
        head?: never;
        /**
         * Patch Variable
         * @description Change a variable.
         */
        patch: operations["patch_variable"];
        trace?: never;
    };
    "/api/v2/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Version
         * @description The version of Tradewind.
         */
        get: operations["get_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Create Token All Admins
         * @description A token without a password, when the server runs without a login.
         */
        get: operations["create_token_all_admins"];
        put?: never;
        /**
         * Create Token
         * @description A token that is valid for a day.
         */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token/cli": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Token Cli
         * @description A token for a command line, valid for an hour.
         */
        post: operations["create_token_cli"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Login All Admins
         * @description To the home page, when the server runs without a login.
         */
        get: operations["login_all_admins"];
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
        /**
         * Abilities
         * @description What the user may do.
         */
        Abilities: {
            /** Admin */
            admin: boolean;
            /** Operate */
            operate: boolean;
            /** Read */
            read: boolean;
            /** Run */
            run: boolean;
        };
        /**
         * Action
         * @description What a backfill does with one logical date.
         * @enum {string}
         */
        Action: "create" | "rerun" | "skip";
        /**
         * AppBuilderMenuItemResponse
         * @description A link in the menu of Airflow 2.
         */
        AppBuilderMenuItemResponse: {
            /** Category */
            category: string | null;
            /** Href */
            href: string;
            /** Name */
            name: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * AppBuilderViewResponse
         * @description A page for Airflow 2.
         */
        AppBuilderViewResponse: {
            /** Category */
            category: string | null;
            /** Label */
            label: string | null;
            /** Name */
            name: string | null;
            /** View */
            view: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ApprovalFacts
         * @description A question that waits for an answer.
         */
        ApprovalFacts: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Dag Id */
            dag_id: string;
            /** Defaults */
            defaults: string[] | null;
            /** Due At */
            due_at: string | null;
            /** Map Index */
            map_index: number;
            /** May Answer */
            may_answer: boolean;
            /** On Timeout */
            on_timeout: ("defaults" | "retry" | "fail") | null;
            /** People */
            people: string[];
            /** Run Id */
            run_id: string;
            /** Subject */
            subject: string;
            /** Task Id */
            task_id: string;
        };
        /**
         * AssetAliasCollectionResponse
         * @description A page of aliases.
         */
        AssetAliasCollectionResponse: {
            /** Asset Aliases */
            asset_aliases: components["schemas"]["AssetAliasResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * AssetAliasResponse
         * @description An alias.
         */
        AssetAliasResponse: {
            /** Group */
            group: string;
            /** Id */
            id: number;
            /** Name */
            name: string;
        };
        /**
         * AssetCollectionResponse
         * @description A page of assets.
         */
        AssetCollectionResponse: {
            /** Assets */
            assets: components["schemas"]["AssetResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * AssetConsumer
         * @description A DAG that runs on the asset.
         */
        AssetConsumer: {
            /** Any Of */
            any_of: boolean;
            /** Dag Id */
            dag_id: string;
            /** Name */
            name: string;
            /** Needs */
            needs: components["schemas"]["AssetNeed"][];
            /** Partitioned */
            partitioned: boolean;
            /** Partitions */
            partitions: components["schemas"]["AssetPending"][];
            /** Paused */
            paused: boolean;
        };
        /**
         * AssetEventAccessControl
         * @description Which teams may consume an event.  There are no teams here: everybody may, and nothing else can be asked for.
         */
        AssetEventAccessControl: {
            /**
             * Allow Global
             * @default true
             */
            allow_global?: boolean;
            /** Consumer Teams */
            consumer_teams?: string[] | null;
        };
        /**
         * AssetEventCollectionResponse
         * @description A page of events.
         */
        AssetEventCollectionResponse: {
            /** Asset Events */
            asset_events: components["schemas"]["AssetEventResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * AssetEventResponse
         * @description An event of an asset.
         */
        AssetEventResponse: {
            /** Asset Id */
            asset_id: number;
            /** Created Dagruns */
            created_dagruns: components["schemas"]["DagRunAssetReference"][];
            /** Extra */
            extra: {
                [key: string]: unknown;
            } | null;
            /** Group */
            group: string | null;
            /** Id */
            id: number;
            /** Name */
            name: string | null;
            /** Partition Key */
            partition_key: string | null;
            /** Source Dag Id */
            source_dag_id: string | null;
            /** Source Map Index */
            source_map_index: number;
            /** Source Run Id */
            source_run_id: string | null;
            /** Source Task Id */
            source_task_id: string | null;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /** Uri */
            uri: string | null;
        };
        /**
         * AssetFacts
         * @description An asset in the list.
         */
        AssetFacts: {
            /** Active */
            active: boolean;
            /** Consumers */
            consumers: components["schemas"]["AssetTask"][];
            /** Dag Ids */
            dag_ids: string[];
            /** Group */
            group: string;
            /** Id */
            id: number;
            /** Last At */
            last_at: string | null;
            /** Name */
            name: string;
            /** Producers */
            producers: components["schemas"]["AssetTask"][];
            /** Stale At */
            stale_at: string | null;
            /** Uri */
            uri: string;
            /** Usual Gap Seconds */
            usual_gap_seconds: number | null;
            /** Watchers */
            watchers: number;
        };
        /**
         * AssetFeedResponse
         * @description Events, the newest first.
         */
        AssetFeedResponse: {
            /** Events */
            events: components["schemas"]["AssetEventResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
        };
        /**
         * AssetListResponse
         * @description Assets.
         */
        AssetListResponse: {
            /** Assets */
            assets: components["schemas"]["AssetFacts"][];
            /** Groups */
            groups: string[];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Previous Cursor */
            previous_cursor: string | null;
        };
        /**
         * AssetNeed
         * @description An asset that a DAG runs on.
         */
        AssetNeed: {
            /** Name */
            name: string;
            /** Seen At */
            seen_at: string | null;
        };
        /**
         * AssetPageResponse
         * @description An asset and what is around it.
         */
        AssetPageResponse: {
            /** Aliases */
            aliases: components["schemas"]["AssetAliasResponse"][];
            asset: components["schemas"]["AssetFacts"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Extra */
            extra: {
                [key: string]: unknown;
            };
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Partitions */
            partitions: components["schemas"]["AssetPartition"][];
            series: components["schemas"]["AssetSeries"];
            /** Waiting */
            waiting: components["schemas"]["AssetConsumer"][];
            /** Watchers */
            watchers: string[];
        };
        /**
         * AssetPartition
         * @description A partition of the asset that there were events of.
         */
        AssetPartition: {
            /** Count */
            count: number;
            /** Key */
            key: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
        };
        /**
         * AssetPending
         * @description A partition of a DAG that waits for more.
         */
        AssetPending: {
            /** Key */
            key: string;
            /** Missing */
            missing: string[];
        };
        /**
         * AssetResponse
         * @description An asset.
         */
        AssetResponse: {
            /** Aliases */
            aliases: components["schemas"]["AssetAliasResponse"][];
            /** Consuming Tasks */
            consuming_tasks: components["schemas"]["TaskAssetReference"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Extra */
            extra: {
                [key: string]: unknown;
            } | null;
            /** Group */
            group: string;
            /** Id */
            id: number;
            last_asset_event: components["schemas"]["LastAssetEventResponse"] | null;
            /** Name */
            name: string;
            /** Producing Tasks */
            producing_tasks: components["schemas"]["TaskAssetReference"][];
            /** Scheduled Dags */
            scheduled_dags: components["schemas"]["DagScheduleAssetReference"][];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Uri */
            uri: string;
            /** Watchers */
            watchers: components["schemas"]["AssetWatcherResponse"][];
        };
        /**
         * AssetSeries
         * @description Numbers in the extras of the newest events, oldest first; every list has an entry for each event.
         */
        AssetSeries: {
            /** At */
            at: (number | null)[];
            /** Event Id */
            event_id: number[];
            /** Values */
            values: {
                [key: string]: (number | null)[];
            };
        };
        /**
         * AssetStateStoreBody
         * @description An entry to write.
         */
        AssetStateStoreBody: {
            value: components["schemas"]["JsonValue"];
        };
        /**
         * AssetStateStoreCollectionResponse
         * @description Entries of an asset.
         */
        AssetStateStoreCollectionResponse: {
            /** Asset State Store */
            asset_state_store: components["schemas"]["AssetStateStoreResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * AssetStateStoreLastUpdatedBy
         * @description Who wrote an entry: a task, a watcher, or somebody through the API.
         */
        AssetStateStoreLastUpdatedBy: {
            /** Dag Id */
            dag_id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "task" | "watcher" | "api";
            /** Map Index */
            map_index: number | null;
            /** Run Id */
            run_id: string | null;
            /** Task Id */
            task_id: string | null;
        };
        /**
         * AssetStateStoreResponse
         * @description An entry of an asset.
         */
        AssetStateStoreResponse: {
            /** Key */
            key: string;
            last_updated_by: components["schemas"]["AssetStateStoreLastUpdatedBy"] | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Value */
            value: unknown;
        };
        /**
         * AssetTask
         * @description A task that makes or reads an asset.
         */
        AssetTask: {
            /** Dag Id */
            dag_id: string;
            /** Task Id */
            task_id: string;
        };
        /**
         * AssetUse
         * @description An asset that a DAG makes, reads or runs on.
         */
        AssetUse: {
            /** Id */
            id: number;
            /** Last At */
            last_at: string | null;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "schedule" | "inlet" | "outlet";
            /** Task Id */
            task_id: string | null;
            /** Uri */
            uri: string;
        };
        /**
         * AssetWatcherResponse
         * @description A watcher of an asset.
         */
        AssetWatcherResponse: {
            /**
             * Created Date
             * Format: date-time
             */
            created_date: string;
            /** Name */
            name: string;
            /** Trigger Id */
            trigger_id: number;
        };
        /**
         * AsyncConnectionTestResponse
         * @description A test, and its answer when it is over.
         */
        AsyncConnectionTestResponse: {
            /** Connection Id */
            connection_id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Result Message */
            result_message: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "running" | "success" | "failed";
            /** Token */
            token: string;
        };
        /**
         * AuditCollectionResponse
         * @description Changes, the newest first.
         */
        AuditCollectionResponse: {
            /** Entries */
            entries: components["schemas"]["AuditResponse"][];
            /** Kinds */
            kinds: string[];
            /** Next */
            next: string | null;
        };
        /**
         * AuditedRun
         * @description What lists call a run by.
         */
        AuditedRun: {
            /** Logical Date */
            logical_date: string | null;
            /** Partition Key */
            partition_key: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
        };
        /**
         * AuditResponse
         * @description A change that somebody made.
         */
        AuditResponse: {
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /** Dag Id */
            dag_id: string | null;
            /** Event */
            event: string;
            /** Extra */
            extra: {
                [key: string]: unknown;
            } | null;
            /** Id */
            id: number;
            /** Map Index */
            map_index: number | null;
            run: components["schemas"]["AuditedRun"] | null;
            /** Run Id */
            run_id: string | null;
            /** Task Id */
            task_id: string | null;
            /** Via */
            via: ("api" | "ui" | "cli") | null;
            /** Who */
            who: string | null;
        };
        /**
         * BackfillBody
         * @description All that a backfill can be.
         */
        BackfillBody: {
            /** Dag Id */
            dag_id: string;
            /** Dag Run Conf */
            dag_run_conf?: {
                [key: string]: unknown;
            } | null;
            /**
             * Dates
             * @description Instead of a range: logical dates, or days.
             */
            dates?: (string)[] | null;
            /** From Date */
            from_date?: string | null;
            /**
             * Is Paused
             * @default false
             */
            is_paused?: boolean;
            /**
             * Max Active Runs
             * @default 10
             */
            max_active_runs?: number;
            /**
             * Only
             * @description Instead of reprocess_behavior: exactly these.
             */
            only?: components["schemas"]["Pick"][] | null;
            /**
             * Partition Keys
             * @description Instead of dates: keys of partitions, of a DAG that runs by them.
             */
            partition_keys?: string[] | null;
            /** @default none */
            reprocess_behavior?: components["schemas"]["Reprocess"];
            /**
             * Run Backwards
             * @default false
             */
            run_backwards?: boolean;
            /**
             * Run On Latest Version
             * @default false
             */
            run_on_latest_version?: boolean;
            /**
             * Stop After
             * @description Pause after so many failed runs.
             */
            stop_after?: number | null;
            tasks?: components["schemas"]["TaskChoiceBody"] | null;
            /** To Date */
            to_date?: string | null;
        };
        /**
         * BackfillCollectionResponse
         * @description A page of them.
         */
        BackfillCollectionResponse: {
            /** Backfills */
            backfills: components["schemas"]["BackfillResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * BackfillDetailCollectionResponse
         * @description A page of them.
         */
        BackfillDetailCollectionResponse: {
            /** Backfills */
            backfills: components["schemas"]["BackfillDetailResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Total Entries */
            total_entries: number;
            /** Total Entries Limit */
            total_entries_limit: number | null;
        };
        /**
         * BackfillDetailResponse
         * @description A backfill with all that it is and how far it has come.
         */
        BackfillDetailResponse: {
            /** Completed At */
            completed_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string | null;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Conf */
            dag_run_conf: {
                [key: string]: unknown;
            } | null;
            /** Dates */
            dates: string[] | null;
            /** Expected */
            expected: number | null;
            /**
             * From Date
             * Format: date-time
             */
            from_date: string;
            /** Id */
            id: number;
            /** Is Paused */
            is_paused: boolean;
            /** Max Active Runs */
            max_active_runs: number;
            /** Only */
            only: components["schemas"]["Pick"][];
            /** Origin */
            origin: string;
            /** Partition Keys */
            partition_keys: string[] | null;
            /** Planned */
            planned: number;
            /** Reason */
            reason: string | null;
            reprocess_behavior: components["schemas"]["Reprocess"];
            /** Run Backwards */
            run_backwards: boolean;
            /** Run On Latest Version */
            run_on_latest_version: boolean;
            /** Runs */
            runs: {
                [key: string]: number;
            } | null;
            /** Skipped */
            skipped: number | null;
            /** Stop After */
            stop_after: number | null;
            /** Tasks */
            tasks: {
                [key: string]: unknown;
            } | null;
            /**
             * To Date
             * Format: date-time
             */
            to_date: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * BackfillPatchBody
         * @description What can be changed while it goes on.
         */
        BackfillPatchBody: {
            /** Max Active Runs */
            max_active_runs?: number | null;
            /** Stop After */
            stop_after?: number | null;
        };
        /**
         * BackfillPlanResponse
         * @description What a backfill would do.
         */
        BackfillPlanResponse: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Dag Is Paused */
            dag_is_paused: boolean;
            estimate: components["schemas"]["EstimateResponse"];
            /** Exact */
            exact: boolean;
            /** Expected */
            expected: number;
            /** Runs */
            runs: components["schemas"]["PlannedRunResponse"][];
            /** Tasks */
            tasks: string[];
        };
        /**
         * BackfillPostBody
         * @description Airflow's body.
         */
        BackfillPostBody: {
            /** Dag Id */
            dag_id: string;
            /** Dag Run Conf */
            dag_run_conf?: {
                [key: string]: unknown;
            } | null;
            /**
             * From Date
             * Format: date-time
             */
            from_date: string;
            /**
             * Max Active Runs
             * @default 10
             */
            max_active_runs?: number;
            /** @default none */
            reprocess_behavior?: components["schemas"]["Reprocess"];
            /**
             * Run Backwards
             * @default false
             */
            run_backwards?: boolean;
            /** Run On Latest Version */
            run_on_latest_version?: boolean | null;
            /**
             * To Date
             * Format: date-time
             */
            to_date: string;
        };
        /**
         * BackfillResponse
         * @description Airflow's answer.
         */
        BackfillResponse: {
            /** Completed At */
            completed_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Conf */
            dag_run_conf: {
                [key: string]: unknown;
            } | null;
            /**
             * From Date
             * Format: date-time
             */
            from_date: string;
            /** Id */
            id: number;
            /** Is Paused */
            is_paused: boolean;
            /** Max Active Runs */
            max_active_runs: number;
            reprocess_behavior: components["schemas"]["Reprocess"];
            /**
             * To Date
             * Format: date-time
             */
            to_date: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * BackfillRetryPreviewResponse
         * @description What a retry would let run again.
         */
        BackfillRetryPreviewResponse: {
            /** At Once */
            at_once: number;
            /** Dag Id */
            dag_id: string;
            /** Dag Is Paused */
            dag_is_paused: boolean;
            /** Run Count */
            run_count: number;
            /** Runs */
            runs: string[];
            /** Sentence */
            sentence: string;
            /** Task Instances */
            task_instances: number;
            /** Tasks */
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * BackfillRetryResponse
         * @description How many failed runs run again.
         */
        BackfillRetryResponse: {
            /** Retried */
            retried: number;
        };
        /**
         * BackfillRunCollectionResponse
         * @description A page of them, in the order of the backfill.
         */
        BackfillRunCollectionResponse: {
            /** Backfill Runs */
            backfill_runs: components["schemas"]["BackfillRunResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Total Entries */
            total_entries: number;
            /** Total Entries Limit */
            total_entries_limit: number | null;
        };
        /**
         * BackfillRunResponse
         * @description What became of one logical date.
         */
        BackfillRunResponse: {
            action: components["schemas"]["Action"];
            /** Dag Run Id */
            dag_run_id: string | null;
            /** End Date */
            end_date: string | null;
            /**
             * Logical Date
             * Format: date-time
             */
            logical_date: string;
            /** Ordinal */
            ordinal: number;
            /** Partition Key */
            partition_key: string | null;
            /** Reason */
            reason: string;
            /** Start Date */
            start_date: string | null;
            state: components["schemas"]["DagRunState"] | null;
            /** Tolerated */
            tolerated: boolean;
        };
        /**
         * BaseInfoResponse
         * @description Whether a part works.
         */
        BaseInfoResponse: {
            /** Status */
            status: ("healthy" | "unhealthy") | null;
        };
        /**
         * BulkActionResponse
         * @description What one kind of bulk action did.
         */
        BulkActionResponse: {
            /**
             * Errors
             * @default []
             */
            errors: {
                [key: string]: unknown;
            }[];
            /**
             * Success
             * @default []
             */
            success: string[];
        };
        /**
         * BulkConnections
         * @description Actions on connections, done in order.
         */
        BulkConnections: {
            /** Actions */
            actions: (components["schemas"]["BulkCreateConnections"] | components["schemas"]["BulkUpdateConnections"] | components["schemas"]["BulkDelete"])[];
        };
        /**
         * BulkCreateConnections
         * @description Connections to create.
         */
        BulkCreateConnections: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "create";
            /**
             * Action On Existence
             * @default fail
             * @enum {string}
             */
            action_on_existence?: "fail" | "skip" | "overwrite";
            /** Entities */
            entities: components["schemas"]["ConnectionBody"][];
        };
        /**
         * BulkCreateDAGRuns
         * @description Runs to make: refused, they are triggered one by one.
         */
        BulkCreateDAGRuns: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "create";
            /**
             * Action On Existence
             * @default fail
             * @enum {string}
             */
            action_on_existence?: "fail" | "skip" | "overwrite";
            /** Entities */
            entities: components["schemas"]["BulkDAGRunBody"][];
        };
        /**
         * BulkCreatePools
         * @description Pools to create.
         */
        BulkCreatePools: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "create";
            /**
             * Action On Existence
             * @default fail
             * @enum {string}
             */
            action_on_existence?: "fail" | "skip" | "overwrite";
            /** Entities */
            entities: components["schemas"]["PoolBody"][];
        };
        /**
         * BulkCreateTaskInstances
         * @description Task instances to make: refused, a run makes its own.
         */
        BulkCreateTaskInstances: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "create";
            /**
             * Action On Existence
             * @default fail
             * @enum {string}
             */
            action_on_existence?: "fail" | "skip" | "overwrite";
            /** Entities */
            entities: components["schemas"]["BulkTaskInstanceBody"][];
        };
        /**
         * BulkCreateVariables
         * @description Variables to create.
         */
        BulkCreateVariables: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "create";
            /**
             * Action On Existence
             * @default fail
             * @enum {string}
             */
            action_on_existence?: "fail" | "skip" | "overwrite";
            /** Entities */
            entities: components["schemas"]["VariableBody"][];
        };
        /**
         * BulkDAGRunBody
         * @description A run, and what to make of it.
         */
        BulkDAGRunBody: {
            /** Dag Id */
            dag_id?: string | null;
            /** Dag Run Id */
            dag_run_id: string;
            /** Note */
            note?: string | null;
            /** State */
            state?: ("queued" | "success" | "failed") | null;
        };
        /**
         * BulkDAGRunClearBody
         * @description Which runs to clear, and how.
         */
        BulkDAGRunClearBody: {
            /**
             * Dag Runs
             * @default []
             */
            dag_runs?: components["schemas"]["BulkDAGRunBody"][];
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
            /**
             * Include Dependent Dags
             * @default true
             */
            include_dependent_dags?: boolean;
            /** Note */
            note?: string | null;
            /**
             * Only Failed
             * @default false
             */
            only_failed?: boolean;
            /**
             * Only New
             * @default false
             */
            only_new?: boolean;
            /** Partition Date End */
            partition_date_end?: string | null;
            /** Partition Date Start */
            partition_date_start?: string | null;
            /** Partition Key */
            partition_key?: string | null;
            /** Run On Latest Version */
            run_on_latest_version?: boolean | null;
        };
        /**
         * BulkDAGRuns
         * @description Actions on runs, done in order.
         */
        BulkDAGRuns: {
            /** Actions */
            actions: (components["schemas"]["BulkCreateDAGRuns"] | components["schemas"]["BulkUpdateDAGRuns"] | components["schemas"]["BulkDeleteDAGRuns"])[];
        };
        /**
         * BulkDelete
         * @description Things to delete, by name or as they are.
         */
        BulkDelete: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "delete";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: (string | {
                [key: string]: unknown;
            })[];
        };
        /**
         * BulkDeleteDAGRuns
         * @description Runs to delete.
         */
        BulkDeleteDAGRuns: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "delete";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: (string | components["schemas"]["BulkDAGRunBody"])[];
        };
        /**
         * BulkDeleteTaskInstances
         * @description Task instances to delete.
         */
        BulkDeleteTaskInstances: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "delete";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: (string | components["schemas"]["BulkTaskInstanceBody"])[];
        };
        /**
         * BulkPools
         * @description Actions on pools, done in order.
         */
        BulkPools: {
            /** Actions */
            actions: (components["schemas"]["BulkCreatePools"] | components["schemas"]["BulkUpdatePools"] | components["schemas"]["BulkDelete"])[];
        };
        /**
         * BulkResponse
         * @description What a bulk request did.
         */
        BulkResponse: {
            create: components["schemas"]["BulkActionResponse"] | null;
            delete: components["schemas"]["BulkActionResponse"] | null;
            update: components["schemas"]["BulkActionResponse"] | null;
        };
        /**
         * BulkTaskInstanceBody
         * @description A task instance, and what to make of it; without `map_index` all instances of the task.
         */
        BulkTaskInstanceBody: {
            /** Dag Id */
            dag_id?: string | null;
            /** Dag Run Id */
            dag_run_id?: string | null;
            /**
             * Include Downstream
             * @default false
             */
            include_downstream?: boolean;
            /**
             * Include Future
             * @default false
             */
            include_future?: boolean;
            /**
             * Include Past
             * @default false
             */
            include_past?: boolean;
            /**
             * Include Upstream
             * @default false
             */
            include_upstream?: boolean;
            /** Map Index */
            map_index?: number | null;
            new_state?: components["schemas"]["TaskInstanceState"] | null;
            /** Note */
            note?: string | null;
            /** Task Id */
            task_id: string;
        };
        /**
         * BulkTaskInstances
         * @description Actions on task instances, done in order.
         */
        BulkTaskInstances: {
            /** Actions */
            actions: (components["schemas"]["BulkCreateTaskInstances"] | components["schemas"]["BulkUpdateTaskInstances"] | components["schemas"]["BulkDeleteTaskInstances"])[];
        };
        /**
         * BulkUpdateConnections
         * @description Connections to change.
         */
        BulkUpdateConnections: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "update";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: components["schemas"]["ConnectionBody"][];
            /** Update Mask */
            update_mask?: string[] | null;
        };
        /**
         * BulkUpdateDAGRuns
         * @description Runs to change.
         */
        BulkUpdateDAGRuns: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "update";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: components["schemas"]["BulkDAGRunBody"][];
            /** Update Mask */
            update_mask?: string[] | null;
        };
        /**
         * BulkUpdatePools
         * @description Pools to change.
         */
        BulkUpdatePools: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "update";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: components["schemas"]["PoolBody"][];
            /** Update Mask */
            update_mask?: string[] | null;
        };
        /**
         * BulkUpdateTaskInstances
         * @description Task instances to change.
         */
        BulkUpdateTaskInstances: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "update";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: components["schemas"]["BulkTaskInstanceBody"][];
            /** Update Mask */
            update_mask?: string[] | null;
        };
        /**
         * BulkUpdateVariables
         * @description Variables to change.
         */
        BulkUpdateVariables: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "update";
            /**
             * Action On Non Existence
             * @default fail
             * @enum {string}
             */
            action_on_non_existence?: "fail" | "skip";
            /** Entities */
            entities: components["schemas"]["VariableBody"][];
            /** Update Mask */
            update_mask?: string[] | null;
        };
        /**
         * BulkVariables
         * @description Actions on variables, done in order.
         */
        BulkVariables: {
            /** Actions */
            actions: (components["schemas"]["BulkCreateVariables"] | components["schemas"]["BulkUpdateVariables"] | components["schemas"]["BulkDelete"])[];
        };
        /**
         * CalendarCell
         * @description A day or an hour.
         */
        CalendarCell: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Counts */
            counts: {
                [key: string]: number;
            };
        };
        /**
         * CalendarResponse
         * @description Runs by day or hour.
         */
        CalendarResponse: {
            /** Cells */
            cells: components["schemas"]["CalendarCell"][];
            /**
             * Complete From
             * Format: date-time
             */
            complete_from: string;
            /** Dag Id */
            dag_id: string;
            /**
             * Granularity
             * @enum {string}
             */
            granularity: "daily" | "hourly";
            /** Planned Complete */
            planned_complete: boolean;
            /** Timezone */
            timezone: string;
        };
        /**
         * CellsEvent
         * @description Cells of the grid changed.  Topic: that of the DAG.
         */
        CellsEvent: {
            /** Codes */
            codes: number[];
            /** Dag Id */
            dag_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "cells";
            /** Position */
            position: number;
            /** Run Id */
            run_id: string;
            /** Run Pk */
            run_pk: number;
            /** Tasks */
            tasks: string[];
        };
        /**
         * ClauseResponse
         * @description A part of a sentence that says something by itself.
         */
        ClauseResponse: {
            said: components["schemas"]["PhraseResponse"] | null;
            /** Text */
            text: string;
        };
        /**
         * ClearedResponse
         * @description What would run again of a DAG.
         */
        ClearedResponse: {
            /** Dag Id */
            dag_id: string;
            /** Runs */
            runs: string[];
            /** Task Instances */
            task_instances: number;
            /** Tasks */
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * ClearPartitionsBody
         * @description Which runs are to forget their partition.
         */
        ClearPartitionsBody: {
            /**
             * Clear Task Instances
             * @default false
             */
            clear_task_instances?: boolean;
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
            /** Partition Date End */
            partition_date_end?: string | null;
            /** Partition Date Start */
            partition_date_start?: string | null;
            /** Partition Key */
            partition_key?: string | null;
            /** Run Id */
            run_id?: string | null;
        };
        /**
         * ClearPartitionsResponse
         * @description How much was cleared, or would be.
         */
        ClearPartitionsResponse: {
            /** Dag Runs Cleared */
            dag_runs_cleared: number;
            /** Dry Run */
            dry_run: boolean;
            /** Task Instances Cleared */
            task_instances_cleared: number;
        };
        /**
         * ClearPreviewResponse
         * @description What would run again.
         */
        ClearPreviewResponse: {
            /** Dag Id */
            dag_id: string;
            /** Dependents */
            dependents: components["schemas"]["ClearedResponse"][];
            /** Runs */
            runs: string[];
            /** Sentence */
            sentence: string;
            /** Task Instances */
            task_instances: number;
            /** Tasks */
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * ClearTaskInstanceCollectionResponse
         * @description What a clear would let run.
         */
        ClearTaskInstanceCollectionResponse: {
            /** Task Instances */
            task_instances: (components["schemas"]["TaskInstanceResponse"] | components["schemas"]["NewTaskResponse"])[];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * ClearTaskInstancesBody
         * @description Which task instances of a DAG to clear.
         */
        ClearTaskInstancesBody: {
            /** Dag Run Id */
            dag_run_id?: string | null;
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
            /** End Date */
            end_date?: string | null;
            /**
             * Include Dependent Dags
             * @default true
             */
            include_dependent_dags?: boolean;
            /**
             * Include Downstream
             * @default false
             */
            include_downstream?: boolean;
            /**
             * Include Future
             * @default false
             */
            include_future?: boolean;
            /**
             * Include Past
             * @default false
             */
            include_past?: boolean;
            /**
             * Include Upstream
             * @default false
             */
            include_upstream?: boolean;
            /** Note */
            note?: string | null;
            /**
             * Only Failed
             * @default true
             */
            only_failed?: boolean;
            /**
             * Only Running
             * @default false
             */
            only_running?: boolean;
            /**
             * Prevent Running Task
             * @default false
             */
            prevent_running_task?: boolean;
            /**
             * Reset Dag Runs
             * @default true
             */
            reset_dag_runs?: boolean;
            /** Run On Latest Version */
            run_on_latest_version?: boolean | null;
            /** Start Date */
            start_date?: string | null;
            /** Task Ids */
            task_ids?: (string | [
                string,
                number
            ])[] | null;
        };
        /**
         * ConditionResponse
         * @description Something that must be true first and is not.
         */
        ConditionResponse: {
            /** Count */
            count: number;
            /** Fix */
            fix: string | null;
            fix_said: components["schemas"]["PhraseResponse"] | null;
            /** Held By */
            held_by: number;
            /** Holders */
            holders: components["schemas"]["HolderResponse"][];
            /** Name */
            name: string;
            said: components["schemas"]["PhraseResponse"] | null;
            /** Text */
            text: string;
            /** Until */
            until: string | null;
        };
        /**
         * Config
         * @description The configuration, secrets hidden.
         */
        Config: {
            /** Sections */
            sections: components["schemas"]["ConfigSection"][];
        };
        /**
         * ConfigOption
         * @description An option and its value.
         */
        ConfigOption: {
            /** Key */
            key: string;
            /** Value */
            value: string;
        };
        /**
         * ConfigSection
         * @description A section of the configuration.
         */
        ConfigSection: {
            /** Name */
            name: string;
            /** Options */
            options: components["schemas"]["ConfigOption"][];
        };
        /**
         * ConnectionBody
         * @description A connection to write.
         */
        ConnectionBody: {
            /** Conn Type */
            conn_type: string;
            /** Connection Id */
            connection_id: string;
            /** Description */
            description?: string | null;
            /** Extra */
            extra?: string | null;
            /** Host */
            host?: string | null;
            /** Login */
            login?: string | null;
            /** Password */
            password?: string | null;
            /** Port */
            port?: number | null;
            /** Schema */
            schema?: string | null;
            /** Team Name */
            team_name?: string | null;
        };
        /**
         * ConnectionCollectionResponse
         * @description A page of connections.
         */
        ConnectionCollectionResponse: {
            /** Connections */
            connections: components["schemas"]["ConnectionResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * ConnectionResponse
         * @description A connection.  The password is never shown, and the secret parts of `extra` are hidden.
         */
        ConnectionResponse: {
            /** Conn Type */
            conn_type: string;
            /** Connection Id */
            connection_id: string;
            /** Description */
            description: string | null;
            /** Extra */
            extra: string | null;
            /** Host */
            host: string | null;
            /** Login */
            login: string | null;
            /** Password */
            password: string | null;
            /** Port */
            port: number | null;
            /** Schema */
            schema: string | null;
            /** Team Name */
            team_name: string | null;
        };
        /**
         * ConnectionTestQueuedResponse
         * @description A test that waits.
         */
        ConnectionTestQueuedResponse: {
            /** Connection Id */
            connection_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "running" | "success" | "failed";
            /** Token */
            token: string;
        };
        /**
         * ConnectionTestRequestBody
         * @description A connection to test.
         */
        ConnectionTestRequestBody: {
            /**
             * Commit On Success
             * @default false
             */
            commit_on_success?: boolean;
            /** Conn Type */
            conn_type: string;
            /** Connection Id */
            connection_id: string;
            /** Description */
            description?: string | null;
            /** Executor */
            executor?: string | null;
            /** Extra */
            extra?: string | null;
            /** Host */
            host?: string | null;
            /** Login */
            login?: string | null;
            /** Password */
            password?: string | null;
            /** Port */
            port?: number | null;
            /** Queue */
            queue?: string | null;
            /** Schema */
            schema?: string | null;
            /** Team Name */
            team_name?: string | null;
        };
        /**
         * ConnectionTestResponse
         * @description Whether a connection works.
         */
        ConnectionTestResponse: {
            /** Message */
            message: string;
            /** Status */
            status: boolean;
        };
        /**
         * CreateAssetEventsBody
         * @description An event to append.
         */
        CreateAssetEventsBody: {
            access_control?: components["schemas"]["AssetEventAccessControl"] | null;
            /** Asset Id */
            asset_id: number;
            /**
             * Extra
             * @default {}
             */
            extra?: {
                [key: string]: unknown;
            };
            /** Partition Key */
            partition_key?: string | null;
        };
        /**
         * CriticalTask
         * @description A task on the critical path.
         */
        CriticalTask: {
            /** Task Id */
            task_id: string;
            /** Waited Seconds */
            waited_seconds: number;
            /** Worked Seconds */
            worked_seconds: number;
        };
        /**
         * DagChoice
         * @description A DAG that can be acted upon.
         */
        DagChoice: {
            /** Dag Id */
            dag_id: string;
            /** Name */
            name: string;
            /** Paused */
            paused: boolean;
        };
        /**
         * DAGCollectionResponse
         * @description A page of DAGs.
         */
        DAGCollectionResponse: {
            /** Dags */
            dags: components["schemas"]["DAGResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DAGDetailsResponse
         * @description A DAG with all that is known of it.
         */
        DAGDetailsResponse: {
            /** Active Runs Count */
            active_runs_count: number;
            /** Allowed Run Types */
            allowed_run_types: components["schemas"]["DagRunType"][] | null;
            /** Asset Expression */
            asset_expression: {
                [key: string]: unknown;
            } | null;
            /** Bundle Name */
            bundle_name: string | null;
            /** Bundle Version */
            bundle_version: string | null;
            /** Catchup */
            catchup: boolean;
            /** Concurrency */
            concurrency: number;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Timeout */
            dag_run_timeout: string | null;
            /** Default Args */
            default_args: {
                [key: string]: unknown;
            } | null;
            /** Description */
            description: string | null;
            /** Doc Md */
            doc_md: string | null;
            /** End Date */
            end_date: string | null;
            /** File Token */
            file_token: string;
            /** Fileloc */
            fileloc: string;
            /** Has Import Errors */
            has_import_errors: boolean;
            /** Has Task Concurrency Limits */
            has_task_concurrency_limits: boolean;
            /** Is Backfillable */
            is_backfillable: boolean;
            /** Is Favorite */
            is_favorite: boolean;
            /** Is Paused */
            is_paused: boolean;
            /** Is Paused Upon Creation */
            is_paused_upon_creation: boolean | null;
            /** Is Stale */
            is_stale: boolean;
            /** Last Expired */
            last_expired: string | null;
            /** Last Parse Duration */
            last_parse_duration: number | null;
            /** Last Parsed */
            last_parsed: string | null;
            /** Last Parsed Time */
            last_parsed_time: string | null;
            latest_dag_version: components["schemas"]["DagVersionResponse"] | null;
            /** Max Active Runs */
            max_active_runs: number | null;
            /** Max Active Tasks */
            max_active_tasks: number;
            /** Max Consecutive Failed Dag Runs */
            max_consecutive_failed_dag_runs: number;
            /** Next Dagrun Data Interval End */
            next_dagrun_data_interval_end: string | null;
            /** Next Dagrun Data Interval Start */
            next_dagrun_data_interval_start: string | null;
            /** Next Dagrun Logical Date */
            next_dagrun_logical_date: string | null;
            /** Next Dagrun Run After */
            next_dagrun_run_after: string | null;
            /** Owner Links */
            owner_links: {
                [key: string]: string;
            } | null;
            /** Owners */
            owners: string[];
            /** Params */
            params: {
                [key: string]: unknown;
            } | null;
            /** Relative Fileloc */
            relative_fileloc: string | null;
            /** Render Template As Native Obj */
            render_template_as_native_obj: boolean;
            /** Rerun With Latest Version */
            rerun_with_latest_version: boolean | null;
            /** Start Date */
            start_date: string | null;
            /** Tags */
            tags: components["schemas"]["DagTagResponse"][];
            /** Template Search Path */
            template_search_path: string[] | null;
            /** Timetable Description */
            timetable_description: string | null;
            /**
             * Timetable Partitioned
             * @default false
             */
            timetable_partitioned: boolean;
            /** Timetable Periodic */
            timetable_periodic: boolean;
            /** Timetable Summary */
            timetable_summary: string | null;
            /** Timezone */
            timezone: string | null;
        };
        /**
         * DagEvent
         * @description A DAG changed.  Topics: `dags`, that of the DAG.
         */
        DagEvent: {
            /** Dag Id */
            dag_id: string;
            /** Has Import Errors */
            has_import_errors: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "dag";
            /** Next Logical Date */
            next_logical_date: string | null;
            /** Next Run After */
            next_run_after: string | null;
            /** Paused */
            paused: boolean;
            /** Position */
            position: number;
            /** Stale */
            stale: boolean;
            /** Version Id */
            version_id: number;
        };
        /**
         * DagFacts
         * @description A DAG as a row of the list.
         */
        DagFacts: {
            /** Active Runs */
            active_runs: number;
            /** By Assets */
            by_assets: boolean;
            /** Dag Id */
            dag_id: string;
            /** Description */
            description: string | null;
            /** Favorite */
            favorite: boolean;
            /** Has Import Errors */
            has_import_errors: boolean;
            /** Last Parsed At */
            last_parsed_at: string | null;
            /** Max Active Runs */
            max_active_runs: number;
            /** Name */
            name: string;
            next_run: components["schemas"]["NextRunFacts"] | null;
            /** Owners */
            owners: string[];
            /** P50 Seconds */
            p50_seconds: number | null;
            /** P95 Seconds */
            p95_seconds: number | null;
            /** Paused */
            paused: boolean;
            /** Relative Fileloc */
            relative_fileloc: string;
            /** Runs */
            runs: components["schemas"]["RunBar"][];
            /** Schedule */
            schedule: string | null;
            /** Schedule Description */
            schedule_description: string | null;
            schedule_said: components["schemas"]["PhraseResponse"] | null;
            /** Stale */
            stale: boolean;
            /** State */
            state: string | null;
            /** Tags */
            tags: string[];
        };
        /**
         * DagFiltersResponse
         * @description What the filters of the list offer.
         */
        DagFiltersResponse: {
            /** Owners */
            owners: string[];
            /** Tags */
            tags: string[];
        };
        /**
         * DagHead
         * @description A DAG as the head of its pages.
         */
        DagHead: {
            /** Active Runs */
            active_runs: number;
            /** By Assets */
            by_assets: boolean;
            /** Dag Id */
            dag_id: string;
            /** Description */
            description: string | null;
            explained: components["schemas"]["ExplanationResponse"];
            /** Favorite */
            favorite: boolean;
            /** Has Import Errors */
            has_import_errors: boolean;
            /** Last Parsed At */
            last_parsed_at: string | null;
            /** Max Active Runs */
            max_active_runs: number;
            /** Name */
            name: string;
            next_run: components["schemas"]["NextRunFacts"] | null;
            /** Owners */
            owners: string[];
            /** P50 Seconds */
            p50_seconds: number | null;
            /** P95 Seconds */
            p95_seconds: number | null;
            /** Paused */
            paused: boolean;
            /** Relative Fileloc */
            relative_fileloc: string;
            /** Runs */
            runs: components["schemas"]["RunBar"][];
            /** Schedule */
            schedule: string | null;
            /** Schedule Description */
            schedule_description: string | null;
            schedule_said: components["schemas"]["PhraseResponse"] | null;
            /** Stale */
            stale: boolean;
            /** State */
            state: string | null;
            /** Tags */
            tags: string[];
        };
        /**
         * DagListResponse
         * @description A page of DAGs.
         */
        DagListResponse: {
            /** Dags */
            dags: components["schemas"]["DagFacts"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Position */
            position: number;
            /** Previous Cursor */
            previous_cursor: string | null;
        };
        /**
         * DagOverviewResponse
         * @description What a DAG is up to.
         */
        DagOverviewResponse: {
            /** Assets */
            assets: components["schemas"]["AssetUse"][];
            /** Dag Id */
            dag_id: string;
            /** Deadlines */
            deadlines: components["schemas"]["DeadlineResponse"][];
            /** Doc Md */
            doc_md: string | null;
            durations: components["schemas"]["DurationsResponse"];
            /** Failures */
            failures: components["schemas"]["FailureGroupFacts"][];
            newest: components["schemas"]["RunSummaryResponse"] | null;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Position */
            position: number;
        };
        /**
         * DAGPatchBody
         * @description What can be changed of a DAG.
         */
        DAGPatchBody: {
            /** Is Paused */
            is_paused: boolean;
        };
        /**
         * DagProcessorInfoResponse
         * @description Whether a DAG processor lives; null when there never was one.
         */
        DagProcessorInfoResponse: {
            /** Latest Dag Processor Heartbeat */
            latest_dag_processor_heartbeat: string | null;
            /** Status */
            status: ("healthy" | "unhealthy") | null;
        };
        /**
         * DAGResponse
         * @description A DAG in a list.
         */
        DAGResponse: {
            /** Allowed Run Types */
            allowed_run_types: components["schemas"]["DagRunType"][] | null;
            /** Bundle Name */
            bundle_name: string | null;
            /** Bundle Version */
            bundle_version: string | null;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Description */
            description: string | null;
            /** File Token */
            file_token: string;
            /** Fileloc */
            fileloc: string;
            /** Has Import Errors */
            has_import_errors: boolean;
            /** Has Task Concurrency Limits */
            has_task_concurrency_limits: boolean;
            /** Is Backfillable */
            is_backfillable: boolean;
            /** Is Paused */
            is_paused: boolean;
            /** Is Stale */
            is_stale: boolean;
            /** Last Expired */
            last_expired: string | null;
            /** Last Parse Duration */
            last_parse_duration: number | null;
            /** Last Parsed Time */
            last_parsed_time: string | null;
            /** Max Active Runs */
            max_active_runs: number | null;
            /** Max Active Tasks */
            max_active_tasks: number;
            /** Max Consecutive Failed Dag Runs */
            max_consecutive_failed_dag_runs: number;
            /** Next Dagrun Data Interval End */
            next_dagrun_data_interval_end: string | null;
            /** Next Dagrun Data Interval Start */
            next_dagrun_data_interval_start: string | null;
            /** Next Dagrun Logical Date */
            next_dagrun_logical_date: string | null;
            /** Next Dagrun Run After */
            next_dagrun_run_after: string | null;
            /** Owners */
            owners: string[];
            /** Relative Fileloc */
            relative_fileloc: string | null;
            /** Tags */
            tags: components["schemas"]["DagTagResponse"][];
            /** Timetable Description */
            timetable_description: string | null;
            /**
             * Timetable Partitioned
             * @default false
             */
            timetable_partitioned: boolean;
            /** Timetable Periodic */
            timetable_periodic: boolean;
            /** Timetable Summary */
            timetable_summary: string | null;
        };
        /**
         * DagRight
         * @description A right on DAGs: `kind` says what `value` is, the id of one, a pattern (`sales_*`), or a tag.
         */
        DagRight: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "dag" | "pattern" | "tag";
            /**
             * May
             * @enum {string}
             */
            may: "read" | "run";
            /** Value */
            value: string;
        };
        /**
         * DagRunAssetReference
         * @description A run that consumed an event.
         */
        DagRunAssetReference: {
            /** Dag Id */
            dag_id: string;
            /** Data Interval End */
            data_interval_end: string | null;
            /** Data Interval Start */
            data_interval_start: string | null;
            /** End Date */
            end_date: string | null;
            /** Logical Date */
            logical_date: string | null;
            /** Partition Key */
            partition_key: string | null;
            /** Run Id */
            run_id: string;
            /**
             * Start Date
             * Format: date-time
             */
            start_date: string;
            /** State */
            state: string;
            /** Tolerated */
            tolerated: boolean;
            /** Triggering */
            triggering: boolean;
        };
        /**
         * DAGRunClearBody
         * @description How to clear a run.
         */
        DAGRunClearBody: {
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
            /**
             * Include Dependent Dags
             * @default true
             */
            include_dependent_dags?: boolean;
            /** Note */
            note?: string | null;
            /**
             * Only Failed
             * @default false
             */
            only_failed?: boolean;
            /**
             * Only New
             * @default false
             */
            only_new?: boolean;
            /** Run On Latest Version */
            run_on_latest_version?: boolean | null;
        };
        /**
         * DAGRunCollectionResponse
         * @description A page of runs; by cursor it has cursors, and counts no further than `total_entries_limit`.
         */
        DAGRunCollectionResponse: {
            /** Dag Runs */
            dag_runs: components["schemas"]["DAGRunResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Total Entries */
            total_entries: number | null;
            /** Total Entries Limit */
            total_entries_limit: number | null;
        };
        /**
         * DAGRunPatchBody
         * @description What can be changed of a run.
         */
        DAGRunPatchBody: {
            /** Note */
            note?: string | null;
            /** State */
            state?: ("queued" | "success" | "failed") | null;
        };
        /**
         * DAGRunResponse
         * @description A DAG run.
         */
        DAGRunResponse: {
            /** Bundle Version */
            bundle_version: string | null;
            /** Conf */
            conf: {
                [key: string]: unknown;
            } | null;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            /** Dag Versions */
            dag_versions: components["schemas"]["DagVersionResponse"][];
            /** Data Interval End */
            data_interval_end: string | null;
            /** Data Interval Start */
            data_interval_start: string | null;
            /** Duration */
            duration: number | null;
            /** End Date */
            end_date: string | null;
            /** Last Scheduling Decision */
            last_scheduling_decision: string | null;
            /** Logical Date */
            logical_date: string | null;
            /** Note */
            note: string | null;
            /** Partition Date */
            partition_date: string | null;
            /** Partition Key */
            partition_key: string | null;
            /** Queued At */
            queued_at: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            run_type: components["schemas"]["DagRunType"];
            /** Start Date */
            start_date: string | null;
            state: components["schemas"]["DagRunState"];
            /** Triggered By */
            triggered_by: ("cli" | "operator" | "rest_api" | "ui" | "test" | "timetable" | "asset" | "backfill") | null;
            /** Triggering User Name */
            triggering_user_name: string | null;
        };
        /**
         * DAGRunsBatchBody
         * @description A filter on runs of all DAGs.
         */
        DAGRunsBatchBody: {
            /** Conf Contains */
            conf_contains?: string | null;
            /** Dag Ids */
            dag_ids?: string[] | null;
            /** Duration Gt */
            duration_gt?: number | null;
            /** Duration Gte */
            duration_gte?: number | null;
            /** Duration Lt */
            duration_lt?: number | null;
            /** Duration Lte */
            duration_lte?: number | null;
            /** End Date Gt */
            end_date_gt?: string | null;
            /** End Date Gte */
            end_date_gte?: string | null;
            /** End Date Lt */
            end_date_lt?: string | null;
            /** End Date Lte */
            end_date_lte?: string | null;
            /** Logical Date Gt */
            logical_date_gt?: string | null;
            /** Logical Date Gte */
            logical_date_gte?: string | null;
            /** Logical Date Lt */
            logical_date_lt?: string | null;
            /** Logical Date Lte */
            logical_date_lte?: string | null;
            /** Order By */
            order_by?: string | null;
            /**
             * Page Limit
             * @default 100
             */
            page_limit?: number;
            /**
             * Page Offset
             * @default 0
             */
            page_offset?: number;
            /** Run After Gt */
            run_after_gt?: string | null;
            /** Run After Gte */
            run_after_gte?: string | null;
            /** Run After Lt */
            run_after_lt?: string | null;
            /** Run After Lte */
            run_after_lte?: string | null;
            /** Start Date Gt */
            start_date_gt?: string | null;
            /** Start Date Gte */
            start_date_gte?: string | null;
            /** Start Date Lt */
            start_date_lt?: string | null;
            /** Start Date Lte */
            start_date_lte?: string | null;
            /** States */
            states?: (components["schemas"]["DagRunState"] | null)[] | null;
        };
        /**
         * DagRunState
         * @description State of a DAG run.
         * @enum {string}
         */
        DagRunState: "queued" | "running" | "success" | "failed";
        /**
         * DagRunType
         * @description Why a DAG run exists.
         * @enum {string}
         */
        DagRunType: "backfill" | "scheduled" | "manual" | "operator_triggered" | "asset_triggered" | "asset_materialization";
        /**
         * DagScheduleAssetReference
         * @description A DAG that waits for an asset.
         */
        DagScheduleAssetReference: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Id */
            dag_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * DAGSourceResponse
         * @description The text of a DAG file.
         */
        DAGSourceResponse: {
            /** Content */
            content: string | null;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Version Number */
            version_number: number | null;
        };
        /**
         * DagStatsCollectionResponse
         * @description The runs of several DAGs by state.
         */
        DagStatsCollectionResponse: {
            /** Dags */
            dags: components["schemas"]["DagStatsResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DagStatsResponse
         * @description The runs of a DAG by state.
         */
        DagStatsResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Stats */
            stats: components["schemas"]["DagStatsStateResponse"][];
        };
        /**
         * DagStatsStateResponse
         * @description How many runs are in a state.
         */
        DagStatsStateResponse: {
            /** Count */
            count: number;
            state: components["schemas"]["DagRunState"];
        };
        /**
         * DAGTagCollectionResponse
         * @description A page of tag names.
         */
        DAGTagCollectionResponse: {
            /** Tags */
            tags: string[];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DagTagResponse
         * @description A tag of a DAG.
         */
        DagTagResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Name */
            name: string;
        };
        /**
         * DagTasksResponse
         * @description A part of the tasks of a DAG, in the order in which they run, those of a group together.
         */
        DagTasksResponse: {
            /** Dag Id */
            dag_id: string;
            /** Next Cursor */
            next_cursor: string | null;
            /** Position */
            position: number;
            run: components["schemas"]["RunBar"] | null;
            /** Tasks */
            tasks: components["schemas"]["ListedTask"][];
            /** Total */
            total: number;
        };
        /**
         * DAGVersionCollectionResponse
         * @description A page of versions.
         */
        DAGVersionCollectionResponse: {
            /** Dag Versions */
            dag_versions: components["schemas"]["DagVersionResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DagVersionResponse
         * @description A version of a DAG.
         */
        DagVersionResponse: {
            /** Bundle Name */
            bundle_name: string | null;
            /** Bundle Url */
            bundle_url: string | null;
            /** Bundle Version */
            bundle_version: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Version Number */
            version_number: number;
        };
        /**
         * DAGWarningCollectionResponse
         * @description A page of warnings.
         */
        DAGWarningCollectionResponse: {
            /** Dag Warnings */
            dag_warnings: components["schemas"]["DAGWarningResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DAGWarningResponse
         * @description Something about a DAG that its author should know.
         */
        DAGWarningResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Message */
            message: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /**
             * Warning Type
             * @enum {string}
             */
            warning_type: "asset conflict" | "non-existent pool" | "runtime varying value";
        };
        /**
         * DeadlineCollectionResponse
         * @description A page of deadlines.
         */
        DeadlineCollectionResponse: {
            /** Deadlines */
            deadlines: components["schemas"]["DeadlineResponse"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Total Entries */
            total_entries: number;
            /** Total Entries Limit */
            total_entries_limit: number | null;
        };
        /**
         * DeadlineResponse
         * @description A deadline of a run, or of one of its tasks.
         */
        DeadlineResponse: {
            /** Alert Name */
            alert_name: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            /**
             * Deadline Time
             * Format: date-time
             */
            deadline_time: string;
            /** Has Run */
            has_run: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Missed */
            missed: boolean;
            /** Reference Type */
            reference_type: string;
            /**
             * State
             * @enum {string}
             */
            state: "asked" | "pending" | "met" | "missed" | "replaced" | "none" | "failed";
            /** Task Id */
            task_id: string | null;
        };
        /**
         * DeletePreviewResponse
         * @description What would be deleted.
         */
        DeletePreviewResponse: {
            /** Backfills */
            backfills: number;
            /** Dag Id */
            dag_id: string;
            /** Runs */
            runs: number;
            /** Sentence */
            sentence: string;
            /** Task Instances */
            task_instances: number;
            /** Unfinished */
            unfinished: number;
        };
        /**
         * DryRunBackfillCollectionResponse
         * @description Those that a backfill would make.
         */
        DryRunBackfillCollectionResponse: {
            /** Backfills */
            backfills: components["schemas"]["DryRunBackfillResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * DryRunBackfillResponse
         * @description A run that would be made, or made again.
         */
        DryRunBackfillResponse: {
            /** Logical Date */
            logical_date: string | null;
            /** Partition Date */
            partition_date: string | null;
            /** Partition Key */
            partition_key: string | null;
        };
        /**
         * DurationsResponse
         * @description Durations over the newest runs, oldest first; every list has an entry for each run.  Times are milliseconds since
         *     1970 (UTC).
         */
        DurationsResponse: {
            /** Dag Id */
            dag_id: string;
            /** End */
            end: (number | null)[];
            /** Logical Date */
            logical_date: (number | null)[];
            /** P50 Seconds */
            p50_seconds: number | null;
            /** P95 Seconds */
            p95_seconds: number | null;
            /** Queued */
            queued: (number | null)[];
            /** Queued Seconds */
            queued_seconds: (number | null)[];
            /** Run After */
            run_after: (number | null)[];
            /** Run Id */
            run_id: string[];
            /** Run Type */
            run_type: string[];
            /** Seconds */
            seconds: (number | null)[];
            /** Start */
            start: (number | null)[];
            /** State */
            state: (string | null)[];
            /** Task Id */
            task_id: string | null;
            /** Tolerated */
            tolerated: boolean[];
        };
        /**
         * EstimateResponse
         * @description How long it will take, in seconds, and how sure that is.
         */
        EstimateResponse: {
            /** Basis */
            basis: string;
            basis_said: components["schemas"]["PhraseResponse"] | null;
            /** Confidence */
            confidence: string;
            /** High */
            high: number | null;
            /** Low */
            low: number | null;
            /** Per Run */
            per_run: number | null;
            /** Seconds */
            seconds: number | null;
            /** Task Seconds */
            task_seconds: number | null;
        };
        /**
         * EventLogCollectionResponse
         * @description A page of events.
         */
        EventLogCollectionResponse: {
            /** Event Logs */
            event_logs: components["schemas"]["EventLogResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * EventLogResponse
         * @description Something that somebody did.
         */
        EventLogResponse: {
            /** Dag Display Name */
            dag_display_name: string | null;
            /** Dag Id */
            dag_id: string | null;
            /** Event */
            event: string;
            /** Event Log Id */
            event_log_id: number;
            /** Extra */
            extra: string | null;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number | null;
            /** Owner */
            owner: string | null;
            /** Run Id */
            run_id: string | null;
            /** Task Display Name */
            task_display_name: string | null;
            /** Task Id */
            task_id: string | null;
            /** Try Number */
            try_number: number | null;
            /**
             * When
             * Format: date-time
             */
            when: string;
        };
        /**
         * ExplanationResponse
         * @description One plain sentence, and the conditions that are unmet.
         */
        ExplanationResponse: {
            /** Clauses */
            clauses: components["schemas"]["ClauseResponse"][];
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string | null;
            /** Map Index */
            map_index: number | null;
            said: components["schemas"]["PhraseResponse"] | null;
            /** Sentence */
            sentence: string;
            /** Since */
            since: string | null;
            /** State */
            state: string | null;
            /**
             * Subject
             * @enum {string}
             */
            subject: "dag" | "run" | "task";
            /** Task Id */
            task_id: string | null;
            /** Unmet */
            unmet: components["schemas"]["ConditionResponse"][];
        };
        /**
         * ExternalLogUrlResponse
         * @description Where the log of a try lies in another system.
         */
        ExternalLogUrlResponse: {
            /** Url */
            url: string;
        };
        /**
         * ExternalViewResponse
         * @description A page elsewhere.
         */
        ExternalViewResponse: {
            /** Category */
            category: string | null;
            /**
             * Destination
             * @default nav
             * @enum {string}
             */
            destination: "nav" | "dag" | "dag_run" | "task" | "task_instance" | "base";
            /** Href */
            href: string;
            /** Icon */
            icon: string | null;
            /** Icon Dark Mode */
            icon_dark_mode: string | null;
            /** Name */
            name: string;
            /**
             * Nav Top Level
             * @default false
             */
            nav_top_level: boolean | null;
            /** Url Route */
            url_route: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ExtraLinkCollectionResponse
         * @description Name of a link -> its address; null while it is not known.
         */
        ExtraLinkCollectionResponse: {
            /** Extra Links */
            extra_links: {
                [key: string]: string | null;
            };
            /** Total Entries */
            total_entries: number;
        };
        /**
         * FailureGroupFacts
         * @description Failures that are the same one: one task, one exception.
         */
        FailureGroupFacts: {
            /** Count */
            count: number;
            /** Dag Id */
            dag_id: string;
            /** Error Type */
            error_type: string | null;
            /** Fingerprint */
            fingerprint: string;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /** Healed */
            healed: boolean;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Last Map Index */
            last_map_index: number;
            /** Last Run Id */
            last_run_id: string;
            /** Message */
            message: string;
            /** Task Id */
            task_id: string | null;
            /** Tolerated */
            tolerated: boolean;
        };
        /**
         * FastAPIAppResponse
         * @description An application for the API server.
         */
        FastAPIAppResponse: {
            /** App */
            app: string;
            /** Name */
            name: string;
            /** Url Prefix */
            url_prefix: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * FastAPIRootMiddlewareResponse
         * @description A middleware for the API server.
         */
        FastAPIRootMiddlewareResponse: {
            /** Middleware */
            middleware: string;
            /** Name */
            name: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * GoneEvent
         * @description A DAG, or a run of it, was deleted.  Topics: `dags`, that of the DAG, that of the run.
         */
        GoneEvent: {
            /** Dag Id */
            dag_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "gone";
            /** Position */
            position: number;
            /** Run Id */
            run_id: string | null;
        };
        /**
         * GraphEdge
         * @description From a node to one that comes after it.
         */
        GraphEdge: {
            /**
             * Kind
             * @default task
             * @enum {string}
             */
            kind: "task" | "setup" | "asset";
            /** Label */
            label: string | null;
            /** Source */
            source: string;
            /** Target */
            target: string;
        };
        /**
         * GraphNode
         * @description A task, a task group, or an asset at the border.
         */
        GraphNode: {
            /** Color */
            color: string | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "task" | "group" | "asset" | "alias";
            /** Label */
            label: string;
            /**
             * Mapped
             * @default false
             */
            mapped: boolean;
            /** Operator */
            operator: string | null;
            /** Parent */
            parent: string | null;
            /**
             * Sensor
             * @default false
             */
            sensor: boolean;
            /**
             * Setup
             * @default false
             */
            setup: boolean;
            /**
             * Teardown
             * @default false
             */
            teardown: boolean;
            /** Text Color */
            text_color: string | null;
            /** Tooltip */
            tooltip: string | null;
            /** Trigger Rule */
            trigger_rule: string | null;
            /** Uri */
            uri: string | null;
        };
        /**
         * GraphResponse
         * @description The graph of one version of a DAG.
         */
        GraphResponse: {
            /** Dag Id */
            dag_id: string;
            /** Edges */
            edges: components["schemas"]["GraphEdge"][];
            /** Nodes */
            nodes: components["schemas"]["GraphNode"][];
            /** Version Id */
            version_id: string;
            /** Version Number */
            version_number: number;
        };
        /**
         * GraphStatesResponse
         * @description The states of a run by task; every list has an entry for each task.  Times are milliseconds since 1970 (UTC).
         */
        GraphStatesResponse: {
            /** Critical Path */
            critical_path: string[];
            /** Dag Id */
            dag_id: string;
            /** End */
            end: (number | null)[];
            /** Mapped */
            mapped: components["schemas"]["MappedCounts"][];
            /** Position */
            position: number;
            /** Run Id */
            run_id: string;
            /** Run State */
            run_state: string;
            /** Start */
            start: (number | null)[];
            /** State Codes */
            state_codes: string[];
            /** States */
            states: string;
            /** Tasks */
            tasks: string[];
            /** Try Number */
            try_number: number[];
            /** Version Number */
            version_number: number;
        };
        /**
         * GridGroups
         * @description Task groups, outer before inner ones.
         */
        GridGroups: {
            /** Id */
            id: string[];
            /** Label */
            label: string[];
            /** Mapped */
            mapped: boolean[];
            /** Parent */
            parent: number[];
        };
        /**
         * GridResponse
         * @description A part of the grid.
         */
        GridResponse: {
            /** Cells */
            cells: string;
            /** Dag Id */
            dag_id: string;
            groups: components["schemas"]["GridGroups"];
            /** Next */
            next: string | null;
            /** Position */
            position: number;
            runs: components["schemas"]["GridRuns"];
            /** State Codes */
            state_codes: string[];
            tasks: components["schemas"]["GridTasks"];
            /** Version Number */
            version_number: number;
        };
        /**
         * GridRuns
         * @description The columns of the grid, newest run first; every list has an entry for each run.  Times are milliseconds since
         *     1970 (UTC).
         */
        GridRuns: {
            /** End */
            end: (number | null)[];
            /** Has Note */
            has_note: boolean[];
            /** Id */
            id: number[];
            /** Logical Date */
            logical_date: (number | null)[];
            /** Queued */
            queued: (number | null)[];
            /** Run After */
            run_after: (number | null)[];
            /** Run Id */
            run_id: string[];
            /** Run Type */
            run_type: string[];
            /** Start */
            start: (number | null)[];
            /** State */
            state: string[];
            /** Version Number */
            version_number: number[];
        };
        /**
         * GridTasks
         * @description The rows of the grid, groups in one piece; every list has an entry for each task.
         */
        GridTasks: {
            /** Depth */
            depth: number[];
            /** Group */
            group: number[];
            /** Id */
            id: string[];
            /** Label */
            label: string[];
            /** Mapped */
            mapped: boolean[];
            /** Operator */
            operator: string[];
            /** Removed */
            removed: boolean[];
        };
        /**
         * HealthEvent
         * @description A service came or went.  Topic: `health`.
         */
        HealthEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "health";
            /** Position */
            position: number;
            /** Services */
            services: components["schemas"]["ServiceState"][];
        };
        /**
         * HealthInfoResponse
         * @description The health of the parts.
         */
        HealthInfoResponse: {
            dag_processor: components["schemas"]["DagProcessorInfoResponse"] | null;
            metadatabase: components["schemas"]["BaseInfoResponse"];
            scheduler: components["schemas"]["SchedulerInfoResponse"];
            triggerer: components["schemas"]["TriggererInfoResponse"];
        };
        /**
         * HealthResponse
         * @description How the installation is.
         */
        HealthResponse: {
            /** At Work */
            at_work: components["schemas"]["TaskAtWork"][];
            /** Database */
            database: string;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Pools */
            pools: components["schemas"]["PoolHealth"][];
            /** Position */
            position: number;
            /** Processes */
            processes: components["schemas"]["ProcessHealth"][];
            /** Services */
            services: components["schemas"]["ServiceHealth"][];
        };
        /**
         * HelloEvent
         * @description The stream has begun: from here on nothing is missed.
         */
        HelloEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "hello";
            /** Position */
            position: number;
        };
        /**
         * HintEvent
         * @description Something of this topic changed: fetch it anew if it is shown.  At most one in two seconds.
         */
        HintEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "hint";
            /** Position */
            position: number;
            /**
             * Topic
             * @enum {string}
             */
            topic: "home" | "hitl" | "imports" | "assets" | "backfills" | "pools";
        };
        /**
         * HITLDetail
         * @description What a task instance asks.
         */
        HITLDetail: {
            /** Assigned Users */
            assigned_users: components["schemas"]["HITLUser"][];
            /** Body */
            body: string | null;
            /** Chosen Options */
            chosen_options: string[] | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Defaults */
            defaults: string[] | null;
            /** Multiple */
            multiple: boolean;
            /** Options */
            options: string[];
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Params Input */
            params_input: {
                [key: string]: unknown;
            };
            /** Responded At */
            responded_at: string | null;
            responded_by_user: components["schemas"]["HITLUser"] | null;
            /** Response Received */
            response_received: boolean;
            /** Subject */
            subject: string;
            task_instance: components["schemas"]["TaskInstanceResponse"];
        };
        /**
         * HITLDetailCollection
         * @description A page of questions.
         */
        HITLDetailCollection: {
            /** Hitl Details */
            hitl_details: components["schemas"]["HITLDetail"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * HITLDetailHistory
         * @description What a task instance asked in one of its tries.
         */
        HITLDetailHistory: {
            /** Assigned Users */
            assigned_users: components["schemas"]["HITLUser"][];
            /** Body */
            body: string | null;
            /** Chosen Options */
            chosen_options: string[] | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Defaults */
            defaults: string[] | null;
            /** Multiple */
            multiple: boolean;
            /** Options */
            options: string[];
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Params Input */
            params_input: {
                [key: string]: unknown;
            };
            /** Responded At */
            responded_at: string | null;
            responded_by_user: components["schemas"]["HITLUser"] | null;
            /** Response Received */
            response_received: boolean;
            /** Subject */
            subject: string;
            task_instance: components["schemas"]["TaskInstanceHistoryResponse"];
        };
        /**
         * HITLDetailResponse
         * @description An answer that was written.
         */
        HITLDetailResponse: {
            /** Chosen Options */
            chosen_options: string[];
            /** Params Input */
            params_input: {
                [key: string]: unknown;
            };
            /**
             * Responded At
             * Format: date-time
             */
            responded_at: string;
            responded_by: components["schemas"]["HITLUser"];
        };
        /**
         * HITLUser
         * @description Somebody who was asked, or who answered.
         */
        HITLUser: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * HolderResponse
         * @description A task instance or a run that holds what somebody waits for.
         */
        HolderResponse: {
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            /** Map Index */
            map_index: number;
            /** Since */
            since: string | null;
            /** State */
            state: string;
            /** Task Id */
            task_id: string | null;
        };
        /**
         * HomeCounts
         * @description How many there are, or were in the last 24 hours.
         */
        HomeCounts: {
            /** Dags */
            dags: number;
            /** Failed Runs */
            failed_runs: number;
            /** Import Errors */
            import_errors: number;
            /** Paused Dags */
            paused_dags: number;
            /** Queued Runs */
            queued_runs: number;
            /** Required Actions */
            required_actions: number;
            /** Running Runs */
            running_runs: number;
            /** Succeeded Runs */
            succeeded_runs: number;
            /** Tolerated Runs */
            tolerated_runs: number;
        };
        /**
         * HomeResponse
         * @description What needs me, what runs, what comes.
         */
        HomeResponse: {
            /** Approvals */
            approvals: components["schemas"]["ApprovalFacts"][];
            counts: components["schemas"]["HomeCounts"];
            /** Dags Folder */
            dags_folder: string | null;
            /** Failures */
            failures: components["schemas"]["FailureGroupFacts"][];
            /** Import Errors */
            import_errors: components["schemas"]["ImportErrorFacts"][];
            /** Late */
            late: components["schemas"]["LateFacts"][];
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Planned */
            planned: components["schemas"]["PlannedFacts"][];
            /** Planned More */
            planned_more: boolean;
            /** Position */
            position: number;
            /** Running */
            running: components["schemas"]["RunningFacts"][];
            /** Stale Assets */
            stale_assets: components["schemas"]["StaleAssetFacts"][];
        };
        /**
         * HTTPExceptionResponse
         * @description Any error except 422.
         */
        HTTPExceptionResponse: {
            /** Detail */
            detail: string | {
                [key: string]: unknown;
            };
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /**
         * ImportErrorCollectionResponse
         * @description A page of import errors.
         */
        ImportErrorCollectionResponse: {
            /** Import Errors */
            import_errors: components["schemas"]["ImportErrorResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * ImportErrorFacts
         * @description A DAG file that does not load.
         */
        ImportErrorFacts: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Dag Id */
            dag_id: string | null;
            /** Id */
            id: number;
            /** Line */
            line: number | null;
            /** Message */
            message: string;
            /** Relative Fileloc */
            relative_fileloc: string;
        };
        /**
         * ImportErrorResponse
         * @description Why a DAG file could not be loaded.
         */
        ImportErrorResponse: {
            /** Bundle Name */
            bundle_name: string | null;
            /** Filename */
            filename: string;
            /** Import Error Id */
            import_error_id: number;
            /** Line */
            line: number | null;
            /**
             * Message
             * @default
             */
            message: string;
            /** Stack Trace */
            stack_trace: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /**
         * InstanceCountsResponse
         * @description The instances of a mapped task by state.
         */
        InstanceCountsResponse: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Task Id */
            task_id: string;
        };
        /**
         * InstancesResponse
         * @description Instances of a mapped task; every list has an entry for each.  Times are milliseconds since 1970 (UTC).
         */
        InstancesResponse: {
            /** End */
            end: (number | null)[];
            /** Has Note */
            has_note: boolean[];
            /** Map Index */
            map_index: number[];
            /** Name */
            name: (string | null)[];
            /** Next */
            next: string | null;
            /** Queued */
            queued: (number | null)[];
            /** Start */
            start: (number | null)[];
            /** State */
            state: (string | null)[];
            /** Try Number */
            try_number: number[];
        };
        /**
         * JobCollectionResponse
         * @description A page of processes.
         */
        JobCollectionResponse: {
            /** Jobs */
            jobs: components["schemas"]["JobResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * JobResponse
         * @description A process of Tradewind.
         */
        JobResponse: {
            /** Dag Display Name */
            dag_display_name: string | null;
            /** Dag Id */
            dag_id: string | null;
            /** End Date */
            end_date: string | null;
            /** Executor Class */
            executor_class: string | null;
            /** Hostname */
            hostname: string | null;
            /** Id */
            id: number;
            /** Job Type */
            job_type: string | null;
            /** Latest Heartbeat */
            latest_heartbeat: string | null;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string | null;
            /** Unixname */
            unixname: string | null;
        };
        JsonValue: unknown;
        /**
         * LastAssetEventResponse
         * @description The newest event of an asset.
         */
        LastAssetEventResponse: {
            /** Id */
            id: number | null;
            /** Timestamp */
            timestamp: string | null;
        };
        /**
         * LateFacts
         * @description What is late.
         */
        LateFacts: {
            /** Dag Id */
            dag_id: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "deadline" | "schedule";
            /** Name */
            name: string | null;
            /** Run Id */
            run_id: string | null;
        };
        /**
         * LineageAsset
         * @description An asset in the graph.
         */
        LineageAsset: {
            /** Active */
            active: boolean;
            /** Group */
            group: string;
            /** Id */
            id: number;
            /** Last At */
            last_at: string | null;
            /** Name */
            name: string;
            /** Uri */
            uri: string;
        };
        /**
         * LineageDag
         * @description A DAG in the graph.
         */
        LineageDag: {
            /** Dag Id */
            dag_id: string;
            /** Name */
            name: string;
            /** Owners */
            owners: string;
            /** Paused */
            paused: boolean;
            /** Stale */
            stale: boolean;
        };
        /**
         * LineageEdge
         * @description A DAG uses an asset.
         */
        LineageEdge: {
            /** Asset Id */
            asset_id: number;
            /** Dag Id */
            dag_id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "schedule" | "inlet" | "outlet";
            /** Task Id */
            task_id: string | null;
        };
        /**
         * LineageResponse
         * @description A part of the graph of assets and DAGs.
         */
        LineageResponse: {
            /** Assets */
            assets: components["schemas"]["LineageAsset"][];
            /** Dags */
            dags: components["schemas"]["LineageDag"][];
            /** Edges */
            edges: components["schemas"]["LineageEdge"][];
            /** More */
            more: boolean;
            /** Position */
            position: number;
        };
        /**
         * ListedTask
         * @description A task of a DAG, and how it went last.
         */
        ListedTask: {
            /** Is Mapped */
            is_mapped: boolean;
            now: components["schemas"]["TaskNow"] | null;
            /** Operator Name */
            operator_name: string;
            /** Owner */
            owner: string;
            /** Pool */
            pool: string;
            /** Retries */
            retries: number;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /** Trigger Rule */
            trigger_rule: string;
        };
        /**
         * LogFile
         * @description One file of the log of a try.
         */
        LogFile: {
            /** Active */
            active: boolean;
            /** Attempt Id */
            attempt_id: string;
            /** Size */
            size: number;
            /** There */
            there: boolean;
        };
        /**
         * LogGroup
         * @description A `::group::` line.
         */
        LogGroup: {
            /** Name */
            name: string;
            /** Offset */
            offset: number;
        };
        /**
         * LoginBody
         * @description Who wants a token.
         */
        LoginBody: {
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * LoginOptions
         * @description How one logs in here.
         */
        LoginOptions: {
            /** Oidc */
            oidc: string | null;
            /** Password */
            password: boolean;
        };
        /**
         * LoginResponse
         * @description A token, to be sent as `Authorization: Bearer <token>`.
         */
        LoginResponse: {
            /** Access Token */
            access_token: string;
        };
        /**
         * LogMark
         * @description Where a line is.
         */
        LogMark: {
            /** Line */
            line: number;
            /** Offset */
            offset: number;
        };
        /**
         * LogOutlineResponse
         * @description What is in a log file.
         */
        LogOutlineResponse: {
            /** Active */
            active: boolean;
            /** Complete */
            complete: boolean;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Errors */
            errors: number[];
            /** File */
            file: number;
            /** Groups */
            groups: components["schemas"]["LogGroup"][];
            /** Last Error */
            last_error: number | null;
            /** Lines */
            lines: number;
            /** Marks */
            marks: components["schemas"]["LogMark"][];
            /** Scanned */
            scanned: number;
            /** Size */
            size: number;
            /** Try Number */
            try_number: number;
        };
        /**
         * LogRangeResponse
         * @description Whole lines between two bytes of a log file.
         */
        LogRangeResponse: {
            /** Active */
            active: boolean;
            /** End */
            end: number;
            /** File */
            file: number;
            /** Files */
            files: components["schemas"]["LogFile"][];
            /** Records */
            records: components["schemas"]["LogRecord"][];
            /** Size */
            size: number;
            /** Start */
            start: number;
            /** Try Number */
            try_number: number;
        };
        /**
         * LogRecord
         * @description One line.
         */
        LogRecord: {
            /** Error Detail */
            error_detail: {
                [key: string]: unknown;
            }[] | null;
            /** Event */
            event: string;
            /** Filename */
            filename: string | null;
            /** Level */
            level: string | null;
            /** Line */
            line: number | null;
            /** Lineno */
            lineno: number | null;
            /** Logger */
            logger: string | null;
            /** Offset */
            offset: number;
            /** Timestamp */
            timestamp: string | null;
            /** Truncated */
            truncated: boolean;
        };
        /**
         * LogSearchResponse
         * @description Lines that contain a text.
         */
        LogSearchResponse: {
            /** Complete */
            complete: boolean;
            /** File */
            file: number;
            /** Offsets */
            offsets: number[];
            /** Scanned */
            scanned: number;
            /** Size */
            size: number;
            /** Try Number */
            try_number: number;
        };
        /**
         * LogTail
         * @description An event of a growing log: lines that were added.
         */
        LogTail: {
            /** End */
            end: number;
            /** Records */
            records: components["schemas"]["LogRecord"][];
            /** Size */
            size: number;
        };
        /**
         * MappedCounts
         * @description The instances of a mapped task by state.
         */
        MappedCounts: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Task */
            task: number;
        };
        /**
         * MarkPreviewResponse
         * @description What would change its state.
         */
        MarkPreviewResponse: {
            /** Dag Id */
            dag_id: string;
            /** Runs */
            runs: string[];
            /** Sentence */
            sentence: string;
            /** States */
            states: {
                [key: string]: number;
            };
            /** Task Instances */
            task_instances: number;
            /** Tasks */
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * MarkRunPreviewBody
         * @description Which run to mark, and as what.
         */
        MarkRunPreviewBody: {
            /** Dag Run Id */
            dag_run_id: string;
            /**
             * New State
             * @enum {string}
             */
            new_state: "success" | "failed";
        };
        /**
         * MarkTasksPreviewBody
         * @description Which task instances to mark, and as what.
         */
        MarkTasksPreviewBody: {
            /** Dag Run Id */
            dag_run_id: string;
            /**
             * Include Downstream
             * @default false
             */
            include_downstream?: boolean;
            /**
             * Include Future
             * @default false
             */
            include_future?: boolean;
            /**
             * Include Past
             * @default false
             */
            include_past?: boolean;
            /**
             * Include Upstream
             * @default false
             */
            include_upstream?: boolean;
            /** Map Index */
            map_index?: number | null;
            /**
             * New State
             * @enum {string}
             */
            new_state: "success" | "failed" | "skipped";
            /** Task Id */
            task_id: string | (string | [
                string,
                number
            ])[];
        };
        /**
         * MatchingDagsResponse
         * @description The DAGs that a filter matches, by their ids.
         */
        MatchingDagsResponse: {
            /** Dags */
            dags: components["schemas"]["DagChoice"][];
            /** More */
            more: boolean;
        };
        /**
         * MatchingInstancesResponse
         * @description The map indexes of the instances that a filter matches.
         */
        MatchingInstancesResponse: {
            /** Map Index */
            map_index: number[];
            /** More */
            more: boolean;
        };
        /**
         * MatchingRunsResponse
         * @description The runs that a filter matches, in the order of the list.
         */
        MatchingRunsResponse: {
            /** More */
            more: boolean;
            /** Runs */
            runs: components["schemas"]["RunName"][];
        };
        /**
         * MaterializeAssetBody
         * @description The run that makes an asset anew.
         */
        MaterializeAssetBody: {
            /** Conf */
            conf?: {
                [key: string]: unknown;
            } | null;
            /** Dag Run Id */
            dag_run_id?: string | null;
            /** Data Interval End */
            data_interval_end?: string | null;
            /** Data Interval Start */
            data_interval_start?: string | null;
            /** Logical Date */
            logical_date?: string | null;
            /** Note */
            note?: string | null;
            /** Partition Key */
            partition_key?: string | null;
            /** Run After */
            run_after?: string | null;
        };
        /**
         * NamedRun
         * @description A run.
         */
        NamedRun: {
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
        };
        /**
         * NamesValue
         * @description Names to be listed; `code`: each stands between backticks.
         */
        NamesValue: {
            /** Code */
            code: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "names";
            /** Names */
            names: string[];
        };
        /**
         * NavigationCounts
         * @description Counts beside the entries of the navigation.
         */
        NavigationCounts: {
            /** Failed Runs */
            failed_runs: number;
            /** Import Errors */
            import_errors: number;
            /** Required Actions */
            required_actions: number;
            /** Running Runs */
            running_runs: number;
        };
        /**
         * NewRoleBody
         * @description A role to add.
         */
        NewRoleBody: {
            /**
             * Base
             * @enum {string}
             */
            base: "viewer" | "user" | "op" | "admin";
            /** Dag Limited */
            dag_limited?: boolean | null;
            /**
             * Dags
             * @default []
             */
            dags?: components["schemas"]["DagRight"][];
            /** Description */
            description?: string | null;
            /** Name */
            name: string;
        };
        /**
         * NewTaskResponse
         * @description A task that a run does not have yet.
         */
        NewTaskResponse: {
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
        };
        /**
         * NewTokenBody
         * @description A token to make.
         */
        NewTokenBody: {
            /** Dags */
            dags?: components["schemas"]["DagRight"][] | null;
            /** Expires At */
            expires_at?: string | null;
            /** Name */
            name: string;
            /**
             * Scope
             * @default read
             * @enum {string}
             */
            scope?: "read" | "run" | "operate" | "admin";
            /** Username */
            username?: string | null;
        };
        /**
         * NewTokenResponse
         * @description A new token.
         */
        NewTokenResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Dag Limited */
            dag_limited: boolean;
            /** Dags */
            dags: components["schemas"]["DagRight"][];
            /** Expires At */
            expires_at: string | null;
            /** Hint */
            hint: string;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Scope
             * @enum {string}
             */
            scope: "read" | "run" | "operate" | "admin";
            /** Token */
            token: string;
            /** Username */
            username: string;
        };
        /**
         * NewUserBody
         * @description A user to add.
         */
        NewUserBody: {
            /** Dag Limited */
            dag_limited?: boolean | null;
            /**
             * Dags
             * @default []
             */
            dags?: components["schemas"]["DagRight"][];
            /** Password */
            password: string;
            /**
             * Role
             * @default viewer
             */
            role?: string;
            /** Username */
            username: string;
        };
        /**
         * NextRunFacts
         * @description The run that the schedule makes next.
         */
        NextRunFacts: {
            /** Data Interval End */
            data_interval_end: string | null;
            /** Data Interval Start */
            data_interval_start: string | null;
            /** Logical Date */
            logical_date: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
        };
        /**
         * NumberValue
         * @description A count.
         */
        NumberValue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "number";
            /** Number */
            number: number;
        };
        /**
         * Pace
         * @description What the time of a run went into, along its critical path.
         */
        Pace: {
            /** Waited Seconds */
            waited_seconds: number;
            /** Worked Seconds */
            worked_seconds: number;
        };
        /**
         * PartsValue
         * @description Several, one after the other, with `between` between them.
         */
        PartsValue: {
            /** Between */
            between: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "parts";
            /** Parts */
            parts: (components["schemas"]["TextValue"] | components["schemas"]["PhraseValue"])[];
        };
        /**
         * PasswordBody
         * @description A new password of one's own.
         */
        PasswordBody: {
            /** New Password */
            new_password: string;
            /** Old Password */
            old_password: string;
        };
        /**
         * PatchTaskInstanceBody
         * @description What can be changed of a task instance.
         */
        PatchTaskInstanceBody: {
            /**
             * Include Downstream
             * @default false
             */
            include_downstream?: boolean;
            /**
             * Include Future
             * @default false
             */
            include_future?: boolean;
            /**
             * Include Past
             * @default false
             */
            include_past?: boolean;
            /**
             * Include Upstream
             * @default false
             */
            include_upstream?: boolean;
            new_state?: components["schemas"]["TaskInstanceState"] | null;
            /** Note */
            note?: string | null;
        };
        /**
         * PausePreviewResponse
         * @description What pausing would hold up.
         */
        PausePreviewResponse: {
            /** Dag Id */
            dag_id: string;
            /** Next Run After */
            next_run_after: string | null;
            /** Paused */
            paused: boolean;
            /** Queued */
            queued: number;
            /** Running */
            running: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * PhraseResponse
         * @description A sentence by its key, and what stands in it.  The keys may become more; `count` is for the plural.
         */
        PhraseResponse: {
            /** Key */
            key: string;
            /** Values */
            values: {
                [key: string]: components["schemas"]["TextValue"] | components["schemas"]["NumberValue"] | components["schemas"]["SecondsValue"] | components["schemas"]["TimeValue"] | components["schemas"]["StateValue"] | components["schemas"]["NamesValue"] | components["schemas"]["PhraseValue"] | components["schemas"]["PartsValue"];
            };
        };
        /**
         * PhraseValue
         * @description A phrase in the phrase.
         */
        PhraseValue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "phrase";
            phrase: components["schemas"]["PhraseResponse"];
        };
        /**
         * Pick
         * @description Which logical dates a backfill runs, by the state of the run that is there.
         * @enum {string}
         */
        Pick: "missing" | "failed" | "completed";
        /**
         * PlannedFacts
         * @description A run that a schedule will make.
         */
        PlannedFacts: {
            /** Dag Id */
            dag_id: string;
            /** Logical Date */
            logical_date: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
        };
        /**
         * PlannedRunResponse
         * @description What would become of one logical date.
         */
        PlannedRunResponse: {
            action: components["schemas"]["Action"];
            /** Dag Run Id */
            dag_run_id: string | null;
            /**
             * Logical Date
             * Format: date-time
             */
            logical_date: string;
            /** Partition Key */
            partition_key: string | null;
            /** Reason */
            reason: string;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            state: components["schemas"]["DagRunState"] | null;
        };
        /**
         * PluginCollectionResponse
         * @description A page of plugins.
         */
        PluginCollectionResponse: {
            /** Plugins */
            plugins: components["schemas"]["PluginResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * PluginImportErrorCollectionResponse
         * @description All plugins that could not be loaded.
         */
        PluginImportErrorCollectionResponse: {
            /** Import Errors */
            import_errors: components["schemas"]["PluginImportErrorResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * PluginImportErrorResponse
         * @description Why a plugin could not be loaded.
         */
        PluginImportErrorResponse: {
            /** Error */
            error: string;
            /** Source */
            source: string;
        };
        /**
         * PluginResponse
         * @description A plugin and what it has.  Tradewind uses macros, links, listeners, timetables and weight strategies.
         */
        PluginResponse: {
            /** Appbuilder Menu Items */
            appbuilder_menu_items: components["schemas"]["AppBuilderMenuItemResponse"][];
            /** Appbuilder Views */
            appbuilder_views: components["schemas"]["AppBuilderViewResponse"][];
            /** External Views */
            external_views: components["schemas"]["ExternalViewResponse"][];
            /** Fastapi Apps */
            fastapi_apps: components["schemas"]["FastAPIAppResponse"][];
            /** Fastapi Root Middlewares */
            fastapi_root_middlewares: components["schemas"]["FastAPIRootMiddlewareResponse"][];
            /** Flask Blueprints */
            flask_blueprints: string[];
            /** Global Operator Extra Links */
            global_operator_extra_links: string[];
            /** Listeners */
            listeners: string[];
            /** Macros */
            macros: string[];
            /** Name */
            name: string;
            /** Operator Extra Links */
            operator_extra_links: string[];
            /** React Apps */
            react_apps: components["schemas"]["ReactAppResponse"][];
            /** Source */
            source: string;
            /** Timetables */
            timetables: string[];
        };
        /**
         * PoolBody
         * @description A pool to write.
         */
        PoolBody: {
            /** Description */
            description?: string | null;
            /**
             * Include Deferred
             * @default false
             */
            include_deferred?: boolean;
            /** Name */
            name: string;
            /**
             * Slots
             * @description -1: no limit.
             */
            slots: number;
            /** Team Name */
            team_name?: string | null;
        };
        /**
         * PoolCollectionResponse
         * @description A page of pools.
         */
        PoolCollectionResponse: {
            /** Pools */
            pools: components["schemas"]["PoolResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * PoolHealth
         * @description A pool and what is in it.
         */
        PoolHealth: {
            /** Deferred */
            deferred: number;
            /** Name */
            name: string;
            /** Occupied */
            occupied: number;
            /** Queued */
            queued: number;
            /** Scheduled */
            scheduled: number;
            /** Slots */
            slots: number;
        };
        /**
         * PoolPatchBody
         * @description What to change of a pool.
         */
        PoolPatchBody: {
            /** Description */
            description?: string | null;
            /** Include Deferred */
            include_deferred?: boolean | null;
            /** Pool */
            pool?: string | null;
            /** Slots */
            slots?: number | null;
            /** Team Name */
            team_name?: string | null;
        };
        /**
         * PoolResponse
         * @description A pool and how full it is.
         */
        PoolResponse: {
            /** Deferred Slots */
            deferred_slots: number;
            /** Description */
            description: string | null;
            /** Include Deferred */
            include_deferred: boolean;
            /** Name */
            name: string;
            /** Occupied Slots */
            occupied_slots: number;
            /** Open Slots */
            open_slots: number;
            /** Queued Slots */
            queued_slots: number;
            /** Running Slots */
            running_slots: number;
            /** Scheduled Slots */
            scheduled_slots: number;
            /** Slots */
            slots: number;
            /** Team Name */
            team_name: string | null;
        };
        /**
         * ProcessHealth
         * @description A process of Tradewind.
         */
        ProcessHealth: {
            /** Ended At */
            ended_at: string | null;
            /** Hostname */
            hostname: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Latest Heartbeat
             * Format: date-time
             */
            latest_heartbeat: string;
            /** Queued */
            queued: number;
            /** Running */
            running: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Status
             * @enum {string}
             */
            status: "alive" | "ended" | "lost";
        };
        /**
         * ProviderCollectionResponse
         * @description A page of provider packages.
         */
        ProviderCollectionResponse: {
            /** Providers */
            providers: components["schemas"]["ProviderResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * ProviderResponse
         * @description An installed provider package.
         */
        ProviderResponse: {
            /** Description */
            description: string;
            /** Documentation Url */
            documentation_url: string | null;
            /** Package Name */
            package_name: string;
            /** Version */
            version: string;
        };
        /**
         * QuestionPart
         * @description A question, and how urgent it is.
         */
        QuestionPart: {
            detail: components["schemas"]["HITLDetail"];
            /** Due At */
            due_at: string | null;
            /** May Answer */
            may_answer: boolean;
            /** On Timeout */
            on_timeout: ("defaults" | "retry" | "fail") | null;
        };
        /**
         * QuestionsResponse
         * @description A page of questions.
         */
        QuestionsResponse: {
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Position */
            position: number;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Questions */
            questions: components["schemas"]["QuestionPart"][];
        };
        /**
         * QueuedEventCollectionResponse
         * @description What consumers have seen since their last run.
         */
        QueuedEventCollectionResponse: {
            /** Queued Events */
            queued_events: components["schemas"]["QueuedEventResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * QueuedEventResponse
         * @description An asset that a DAG has seen since its last run.
         */
        QueuedEventResponse: {
            /** Asset Id */
            asset_id: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
        };
        /**
         * ReactAppResponse
         * @description A page of its own code.
         */
        ReactAppResponse: {
            /** Bundle Url */
            bundle_url: string;
            /** Category */
            category: string | null;
            /**
             * Destination
             * @default nav
             * @enum {string}
             */
            destination: "nav" | "dag" | "dag_run" | "task" | "task_instance" | "base" | "dashboard";
            /** Icon */
            icon: string | null;
            /** Icon Dark Mode */
            icon_dark_mode: string | null;
            /** Name */
            name: string;
            /**
             * Nav Top Level
             * @default false
             */
            nav_top_level: boolean | null;
            /** Url Route */
            url_route: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * RefusedRun
         * @description A run that the action would fail for, and why.
         */
        RefusedRun: {
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            /** Why */
            why: string;
        };
        /**
         * Reprocess
         * @description Airflow's words for the same: each includes the ones before.
         * @enum {string}
         */
        Reprocess: "none" | "failed" | "completed";
        /**
         * ResetEvent
         * @description Something was missed: fetch what is shown anew.
         */
        ResetEvent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "reset";
            /** Position */
            position: number;
        };
        /**
         * Role
         * @description What somebody is allowed, each including the ones before it.
         * @enum {string}
         */
        Role: "viewer" | "user" | "op" | "admin";
        /**
         * RoleBody
         * @description What to change of a role; what is left out stays.
         */
        RoleBody: {
            /** Base */
            base?: ("viewer" | "user" | "op" | "admin") | null;
            /** Dag Limited */
            dag_limited?: boolean | null;
            /** Dags */
            dags?: components["schemas"]["DagRight"][] | null;
            /** Description */
            description?: string | null;
        };
        /**
         * RoleCollectionResponse
         * @description All roles.
         */
        RoleCollectionResponse: {
            /** Roles */
            roles: components["schemas"]["RoleResponse"][];
        };
        /**
         * RoleResponse
         * @description A role.
         */
        RoleResponse: {
            /** Base */
            base: string;
            /** Built In */
            built_in: boolean;
            /** Dag Limited */
            dag_limited: boolean;
            /** Dags */
            dags: components["schemas"]["DagRight"][];
            /** Description */
            description: string | null;
            /** Name */
            name: string;
        };
        /**
         * RunBar
         * @description A run as a bar: what a list needs of it.
         */
        RunBar: {
            /** End Date */
            end_date: string | null;
            /** Id */
            id: number;
            /** Logical Date */
            logical_date: string | null;
            /** Queued At */
            queued_at: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Tolerated */
            tolerated: boolean;
        };
        /**
         * RunChange
         * @description What a run is now.
         */
        RunChange: {
            /** End Date */
            end_date: string | null;
            /** Id */
            id: number;
            /** Logical Date */
            logical_date: string | null;
            /** Note */
            note: string | null;
            /** Queued At */
            queued_at: string | null;
            /** Reason */
            reason: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Version Number */
            version_number: number;
        };
        /**
         * RunComparisonResponse
         * @description How a run differs from another one.
         */
        RunComparisonResponse: {
            /** Compared */
            compared: number;
            /** Conf */
            conf: {
                [key: string]: unknown;
            };
            /** Conf Differs */
            conf_differs: string[];
            /** Dag Id */
            dag_id: string;
            other: components["schemas"]["RunReference"] | null;
            /** Other Conf */
            other_conf: {
                [key: string]: unknown;
            };
            other_pace: components["schemas"]["Pace"] | null;
            /** Other Version Number */
            other_version_number: number | null;
            pace: components["schemas"]["Pace"];
            run: components["schemas"]["RunReference"];
            /** Tasks */
            tasks: components["schemas"]["TaskDifference"][];
            /** Version Number */
            version_number: number;
        };
        /**
         * RunEvent
         * @description A run was made or changed.  Topics: `dags`, that of the DAG, that of the run.
         */
        RunEvent: {
            /** Dag Id */
            dag_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "run";
            /** New */
            new: boolean;
            /** Position */
            position: number;
            /** Refetch */
            refetch: boolean;
            run: components["schemas"]["RunChange"];
        };
        /**
         * RunListResponse
         * @description A page of runs.
         */
        RunListResponse: {
            /** Looked At */
            looked_at: number | null;
            /** Next Cursor */
            next_cursor: string | null;
            /** Position */
            position: number;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Runs */
            runs: components["schemas"]["RunRow"][];
        };
        /**
         * RunName
         * @description A run.
         */
        RunName: {
            /** Dag Id */
            dag_id: string;
            /** Run Id */
            run_id: string;
        };
        /**
         * RunningFacts
         * @description A run that runs now.
         */
        RunningFacts: {
            /** Dag Id */
            dag_id: string;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Start Date */
            start_date: string | null;
        };
        /**
         * RunReference
         * @description Another run.
         */
        RunReference: {
            /** Duration Seconds */
            duration_seconds: number | null;
            /** End Date */
            end_date: string | null;
            /** Logical Date */
            logical_date: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Tolerated */
            tolerated: boolean;
        };
        /**
         * RunRow
         * @description A run as a row of the list.
         */
        RunRow: {
            /** Backfill Id */
            backfill_id: number | null;
            /** Conf */
            conf: {
                [key: string]: unknown;
            };
            /** Dag Id */
            dag_id: string;
            /** Dag Name */
            dag_name: string;
            /** End Date */
            end_date: string | null;
            /** Id */
            id: number;
            /** Logical Date */
            logical_date: string | null;
            /** Note */
            note: string | null;
            /** Partition Key */
            partition_key: string | null;
            /** Queued At */
            queued_at: string | null;
            /** Reason */
            reason: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Tolerated */
            tolerated: boolean;
            /** Triggered By */
            triggered_by: string;
            /** Triggering User */
            triggering_user: string | null;
            /** Version Number */
            version_number: number;
        };
        /**
         * RunsActionPreviewBody
         * @description What to do with which runs.
         */
        RunsActionPreviewBody: {
            /**
             * Action
             * @enum {string}
             */
            action: "clear" | "mark" | "delete";
            /** Dag Runs */
            dag_runs: components["schemas"]["NamedRun"][];
            /**
             * Include Dependent Dags
             * @default true
             */
            include_dependent_dags?: boolean;
            /** New State */
            new_state?: ("success" | "failed") | null;
            /**
             * Only Failed
             * @default true
             */
            only_failed?: boolean;
        };
        /**
         * RunsActionPreviewResponse
         * @description What an action on several runs touches.
         */
        RunsActionPreviewResponse: {
            /** Parts */
            parts: components["schemas"]["TouchedRuns"][];
            /** Refused */
            refused: components["schemas"]["RefusedRun"][];
            /** Task Instances */
            task_instances: number;
            /** Unfinished */
            unfinished: number;
        };
        /**
         * RunsPreviewResponse
         * @description The runs that a schedule would make at once.
         */
        RunsPreviewResponse: {
            /** Count */
            count: number | null;
            /** Dag Id */
            dag_id: string;
            /** Dag Is Paused */
            dag_is_paused: boolean;
            /** Dates */
            dates: string[];
            estimate: components["schemas"]["EstimateResponse"];
            /** Exact */
            exact: boolean;
            /** First */
            first: string | null;
            /** Last */
            last: string | null;
            /** Next Run After */
            next_run_after: string | null;
            /** Sentence */
            sentence: string;
            /** Unknown */
            unknown: string | null;
        };
        /**
         * RunSummaryResponse
         * @description The facts of the sentence at the head of a run's page.
         */
        RunSummaryResponse: {
            /** Backfill Id */
            backfill_id: number | null;
            /** Conf */
            conf: {
                [key: string]: unknown;
            };
            /** Counts */
            counts: {
                [key: string]: number;
            };
            culprit: components["schemas"]["TaskFailure"] | null;
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Data Interval End */
            data_interval_end: string | null;
            /** Data Interval Start */
            data_interval_start: string | null;
            /** Duration Seconds */
            duration_seconds: number | null;
            /** End Date */
            end_date: string | null;
            /** Failed */
            failed: number;
            /** Failures */
            failures: components["schemas"]["TaskFailure"][];
            last_success: components["schemas"]["RunReference"] | null;
            /** Logical Date */
            logical_date: string | null;
            /** Note */
            note: string | null;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "queued" | "running" | "success" | "success_with_failures" | "failed";
            /** Position */
            position: number;
            previous: components["schemas"]["RunReference"] | null;
            /** Queued At */
            queued_at: string | null;
            /** Reason */
            reason: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Skipped */
            skipped: number;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Task Instances */
            task_instances: number;
            /** Tolerated */
            tolerated: number;
            /** Triggered By */
            triggered_by: string;
            /** Triggering User */
            triggering_user: string | null;
            /** Version Number */
            version_number: number;
        };
        /**
         * SchedulePreviewBody
         * @description What the DAG file would say; what is left out stays as it is.
         */
        SchedulePreviewBody: {
            /** Catchup */
            catchup?: boolean | null;
            /** Cron */
            cron?: string | null;
            /** Dag Id */
            dag_id: string;
            /** End Date */
            end_date?: string | null;
            /** Start Date */
            start_date?: string | null;
            /** Timezone */
            timezone?: string | null;
        };
        /**
         * ScheduleResponse
         * @description What ran and what will run in a span of time.
         */
        ScheduleResponse: {
            /**
             * End
             * Format: date-time
             */
            end: string;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Planned */
            planned: components["schemas"]["PlannedFacts"][];
            /** Planned More */
            planned_more: boolean;
            /** Position */
            position: number;
            /** Runs */
            runs: components["schemas"]["ScheduleRun"][];
            /** Runs More */
            runs_more: boolean;
            /**
             * Start
             * Format: date-time
             */
            start: string;
        };
        /**
         * SchedulerInfoResponse
         * @description Whether a scheduler lives.
         */
        SchedulerInfoResponse: {
            /** Latest Scheduler Heartbeat */
            latest_scheduler_heartbeat: string | null;
            /** Status */
            status: ("healthy" | "unhealthy") | null;
        };
        /**
         * ScheduleRun
         * @description A run on the schedule.
         */
        ScheduleRun: {
            /** Dag Id */
            dag_id: string;
            /** End Date */
            end_date: string | null;
            /** Id */
            id: number;
            /** Logical Date */
            logical_date: string | null;
            /** Queued At */
            queued_at: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run Type */
            run_type: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Tolerated */
            tolerated: boolean;
        };
        /**
         * SearchHit
         * @description Something found; what does not apply is null.
         */
        SearchHit: {
            /** Asset Id */
            asset_id: number | null;
            /** Dag Id */
            dag_id: string | null;
            /** Detail */
            detail: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "dag" | "run" | "task" | "asset" | "connection" | "variable" | "pool";
            /** Name */
            name: string;
            /** Run Id */
            run_id: string | null;
            /** State */
            state: string | null;
            /** Task Id */
            task_id: string | null;
        };
        /**
         * SearchResponse
         * @description What was found, by kind in the order asked for.
         */
        SearchResponse: {
            /** Hits */
            hits: components["schemas"]["SearchHit"][];
        };
        /**
         * SecondsValue
         * @description A duration.
         */
        SecondsValue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "seconds";
            /** Seconds */
            seconds: number;
        };
        /**
         * ServiceHealth
         * @description A kind of process.
         */
        ServiceHealth: {
            /** Alive */
            alive: number;
            /** Kind */
            kind: string;
            /** Latest Heartbeat */
            latest_heartbeat: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "unhealthy" | "unknown";
        };
        /**
         * ServiceState
         * @description A kind of process.
         */
        ServiceState: {
            /** Healthy */
            healthy: boolean;
            /** Kind */
            kind: string;
        };
        /**
         * SessionResponse
         * @description What the first page asks first.
         */
        SessionResponse: {
            counts: components["schemas"]["NavigationCounts"];
            /** Dag Limited */
            dag_limited: boolean;
            /** Default Timezone */
            default_timezone: string;
            /** Instance Name */
            instance_name: string;
            /** Look Only */
            look_only: string[];
            may: components["schemas"]["Abilities"];
            /** No Auth */
            no_auth: boolean;
            /** Position */
            position: number;
            role: components["schemas"]["Role"];
            /** Role Name */
            role_name: string;
            /**
             * Server Time
             * Format: date-time
             */
            server_time: string;
            /** State Codes */
            state_codes: string[];
            /** Username */
            username: string;
            /** Version */
            version: string;
        };
        /**
         * SettingPart
         * @description A setting.
         */
        SettingPart: {
            /** Aliases */
            aliases: string[];
            /** Changed */
            changed: boolean;
            /** Default */
            default: string;
            /** Key */
            key: string;
            /**
             * Origin
             * @enum {string}
             */
            origin: "default" | "environment" | "file" | "option";
            /** Section */
            section: string;
            /** Value */
            value: string;
            /** Where */
            where: string;
        };
        /**
         * SettingsResponse
         * @description All settings: Tradewind's own in the section `tradewind`, then those that only users' code reads.
         */
        SettingsResponse: {
            /** Settings */
            settings: components["schemas"]["SettingPart"][];
        };
        /**
         * StaleAssetFacts
         * @description An asset that was not updated for longer than usual.
         */
        StaleAssetFacts: {
            /** Asset Id */
            asset_id: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Name */
            name: string;
            /** Uri */
            uri: string;
            /** Usual Gap Seconds */
            usual_gap_seconds: number;
        };
        /**
         * StateValue
         * @description A state of a run or a task instance.
         */
        StateValue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "state";
            /** State */
            state: string;
        };
        /**
         * StructuredLogMessage
         * @description One event of a log; further fields, such as `level` and `logger`, come with it.
         */
        StructuredLogMessage: {
            /** Event */
            event: string;
            /** Timestamp */
            timestamp?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * TaskAssetReference
         * @description A task that makes or uses an asset.
         */
        TaskAssetReference: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Id */
            dag_id: string;
            /** Task Id */
            task_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * TaskAttempt
         * @description A try, or one of several attempts at it.
         */
        TaskAttempt: {
            /** Attempt Id */
            attempt_id: string;
            /** Duration Seconds */
            duration_seconds: number | null;
            /** End Date */
            end_date: string | null;
            /** Error Type */
            error_type: string | null;
            /** Hostname */
            hostname: string | null;
            /** Message */
            message: string;
            /** Pid */
            pid: number | null;
            /**
             * Queued At
             * Format: date-time
             */
            queued_at: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskAtWork
         * @description An attempt that runs.
         */
        TaskAtWork: {
            /** Dag Id */
            dag_id: string;
            /** Hostname */
            hostname: string | null;
            /** Map Index */
            map_index: number;
            /** Pid */
            pid: number | null;
            /** Run Id */
            run_id: string;
            /** Start Date */
            start_date: string | null;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskChange
         * @description What a task instance is now.  Times are milliseconds since 1970 (UTC).
         */
        TaskChange: {
            /** End */
            end: number | null;
            /** Has Note */
            has_note: boolean;
            /** Map Index */
            map_index: number;
            /** Name */
            name: string | null;
            /** Queued */
            queued: number | null;
            /** Reason */
            reason: string | null;
            /** Start */
            start: number | null;
            /** State */
            state: string | null;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskChangeFacts
         * @description What a task instance did.
         */
        TaskChangeFacts: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** End Date */
            end_date: string | null;
            /** Error */
            error: string | null;
            /** Map Index */
            map_index: number;
            /** Reason */
            reason: string | null;
            /** Run Id */
            run_id: string;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskChangesResponse
         * @description What the tasks of a DAG did in its newest 10 runs, newest first.
         */
        TaskChangesResponse: {
            /** Changes */
            changes: components["schemas"]["TaskChangeFacts"][];
            /** Dag Id */
            dag_id: string;
        };
        /**
         * TaskChoiceBody
         * @description Which tasks run.
         */
        TaskChoiceBody: {
            /**
             * Include Downstream
             * @default false
             */
            include_downstream?: boolean;
            /**
             * Include Upstream
             * @default false
             */
            include_upstream?: boolean;
            /**
             * Task Ids
             * @default []
             */
            task_ids?: string[];
            /** Task Regex */
            task_regex?: string | null;
        };
        /**
         * TaskCollectionResponse
         * @description All tasks of a DAG.
         */
        TaskCollectionResponse: {
            /** Tasks */
            tasks: components["schemas"]["TaskResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * TaskDependencyCollectionResponse
         * @description All that keeps a task instance from being queued.
         */
        TaskDependencyCollectionResponse: {
            /** Dependencies */
            dependencies: components["schemas"]["TaskDependencyResponse"][];
        };
        /**
         * TaskDependencyResponse
         * @description Something that keeps a task instance from being queued.
         */
        TaskDependencyResponse: {
            /** Name */
            name: string;
            /** Reason */
            reason: string;
        };
        /**
         * TaskDifference
         * @description A task that did not go as in the other run.
         */
        TaskDifference: {
            /** Duration Seconds */
            duration_seconds: number | null;
            /** In Other */
            in_other: boolean;
            /** In Run */
            in_run: boolean;
            /** Instances */
            instances: number;
            /** Other Duration Seconds */
            other_duration_seconds: number | null;
            /** Other Instances */
            other_instances: number;
            /** Other State */
            other_state: string | null;
            /** Other Try Number */
            other_try_number: number;
            /** State */
            state: string | null;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskFailure
         * @description A task instance that failed by itself.
         */
        TaskFailure: {
            /** End Date */
            end_date: string | null;
            /** Error Type */
            error_type: string | null;
            /** Map Index */
            map_index: number;
            /** Message */
            message: string;
            /** Reason */
            reason: string | null;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskInRun
         * @description The same task in another run.
         */
        TaskInRun: {
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** State */
            state: string | null;
        };
        /**
         * TaskInstanceCollectionResponse
         * @description A page of task instances; by cursor it has cursors, and counts no further than `total_entries_limit`.
         */
        TaskInstanceCollectionResponse: {
            /** Next Cursor */
            next_cursor: string | null;
            /** Previous Cursor */
            previous_cursor: string | null;
            /** Task Instances */
            task_instances: components["schemas"]["TaskInstanceResponse"][];
            /** Total Entries */
            total_entries: number | null;
            /** Total Entries Limit */
            total_entries_limit: number | null;
        };
        /**
         * TaskInstanceHistoryCollectionResponse
         * @description All tries of a task instance.
         */
        TaskInstanceHistoryCollectionResponse: {
            /** Task Instances */
            task_instances: components["schemas"]["TaskInstanceHistoryResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * TaskInstanceHistoryResponse
         * @description One try of a task instance.
         */
        TaskInstanceHistoryResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            dag_version: components["schemas"]["DagVersionResponse"] | null;
            /** Duration */
            duration: number | null;
            /** End Date */
            end_date: string | null;
            /** Executor */
            executor: string | null;
            /**
             * Executor Config
             * @default {}
             */
            executor_config: string;
            /** Hostname */
            hostname: string | null;
            /** Map Index */
            map_index: number;
            /** Max Tries */
            max_tries: number;
            /** Operator */
            operator: string | null;
            /** Operator Name */
            operator_name: string | null;
            /** Pid */
            pid: number | null;
            /** Pool */
            pool: string;
            /** Pool Slots */
            pool_slots: number;
            /** Priority Weight */
            priority_weight: number | null;
            /** Queue */
            queue: string | null;
            /** Queued When */
            queued_when: string | null;
            /** Scheduled When */
            scheduled_when: string | null;
            /** Start Date */
            start_date: string | null;
            state: components["schemas"]["TaskInstanceState"] | null;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
            /** Unixname */
            unixname: string | null;
        };
        /**
         * TaskInstancePart
         * @description One instance.
         */
        TaskInstancePart: {
            /** Attempts */
            attempts: components["schemas"]["TaskAttempt"][];
            /** Duration Seconds */
            duration_seconds: number | null;
            /** End Date */
            end_date: string | null;
            /** Executor */
            executor: string | null;
            /** Hostname */
            hostname: string | null;
            /** Id */
            id: string;
            /** Links */
            links: {
                [key: string]: string | null;
            };
            /** Next At */
            next_at: string | null;
            /** Note */
            note: string | null;
            /** Pid */
            pid: number | null;
            /** Pool */
            pool: string;
            /** Pool Slots */
            pool_slots: number;
            /** Priority Weight */
            priority_weight: number;
            /** Queue */
            queue: string;
            /** Queued At */
            queued_at: string | null;
            /** Reason */
            reason: string | null;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string | null;
            /** Tries */
            tries: number;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskInstanceResponse
         * @description A task in a run.
         */
        TaskInstanceResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            dag_version: components["schemas"]["DagVersionResponse"] | null;
            /** Duration */
            duration: number | null;
            /** End Date */
            end_date: string | null;
            /** Executor */
            executor: string | null;
            /**
             * Executor Config
             * @default {}
             */
            executor_config: string;
            /** Hostname */
            hostname: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number;
            /** Max Tries */
            max_tries: number;
            /** Note */
            note: string | null;
            /** Operator */
            operator: string | null;
            /** Operator Name */
            operator_name: string | null;
            /** Pid */
            pid: number | null;
            /** Pool */
            pool: string;
            /** Pool Slots */
            pool_slots: number;
            /** Priority Weight */
            priority_weight: number | null;
            /** Queue */
            queue: string | null;
            /** Queued When */
            queued_when: string | null;
            /** Rendered Fields */
            rendered_fields: {
                [key: string]: unknown;
            };
            /** Rendered Map Index */
            rendered_map_index: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Scheduled When */
            scheduled_when: string | null;
            /** Start Date */
            start_date: string | null;
            state: components["schemas"]["TaskInstanceState"] | null;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            trigger: components["schemas"]["TriggerResponse"] | null;
            triggerer_job: components["schemas"]["JobResponse"] | null;
            /** Try Number */
            try_number: number;
            /** Unixname */
            unixname: string | null;
        };
        /**
         * TaskInstancesBatchBody
         * @description A filter on task instances of all DAGs.
         */
        TaskInstancesBatchBody: {
            /** Dag Ids */
            dag_ids?: string[] | null;
            /** Dag Run Ids */
            dag_run_ids?: string[] | null;
            /** Duration Gt */
            duration_gt?: number | null;
            /** Duration Gte */
            duration_gte?: number | null;
            /** Duration Lt */
            duration_lt?: number | null;
            /** Duration Lte */
            duration_lte?: number | null;
            /** End Date Gt */
            end_date_gt?: string | null;
            /** End Date Gte */
            end_date_gte?: string | null;
            /** End Date Lt */
            end_date_lt?: string | null;
            /** End Date Lte */
            end_date_lte?: string | null;
            /** Executor */
            executor?: string[] | null;
            /** Logical Date Gt */
            logical_date_gt?: string | null;
            /** Logical Date Gte */
            logical_date_gte?: string | null;
            /** Logical Date Lt */
            logical_date_lt?: string | null;
            /** Logical Date Lte */
            logical_date_lte?: string | null;
            /** Order By */
            order_by?: string | null;
            /**
             * Page Limit
             * @default 100
             */
            page_limit?: number;
            /**
             * Page Offset
             * @default 0
             */
            page_offset?: number;
            /** Pool */
            pool?: string[] | null;
            /** Queue */
            queue?: string[] | null;
            /** Run After Gt */
            run_after_gt?: string | null;
            /** Run After Gte */
            run_after_gte?: string | null;
            /** Run After Lt */
            run_after_lt?: string | null;
            /** Run After Lte */
            run_after_lte?: string | null;
            /** Start Date Gt */
            start_date_gt?: string | null;
            /** Start Date Gte */
            start_date_gte?: string | null;
            /** Start Date Lt */
            start_date_lt?: string | null;
            /** Start Date Lte */
            start_date_lte?: string | null;
            /** State */
            state?: (components["schemas"]["TaskInstanceState"] | null)[] | null;
            /** Task Ids */
            task_ids?: string[] | null;
        };
        /**
         * TaskInstancesLogResponse
         * @description A part of a log.  With a `continuation_token` there is, or will be, more.
         */
        TaskInstancesLogResponse: {
            /** Content */
            content: components["schemas"]["StructuredLogMessage"][] | string[];
            /** Continuation Token */
            continuation_token: string | null;
        };
        /**
         * TaskInstanceState
         * @description State of a task instance; `None` (no status) means that it waits for its upstream tasks.
         * @enum {string}
         */
        TaskInstanceState: "removed" | "scheduled" | "queued" | "running" | "success" | "restarting" | "failed" | "up_for_retry" | "up_for_reschedule" | "upstream_failed" | "skipped" | "deferred" | "awaiting_input";
        /**
         * TaskNow
         * @description A task in the newest run.
         */
        TaskNow: {
            /** Count */
            count: number;
            /** End Date */
            end_date: string | null;
            /** Mapped */
            mapped: boolean;
            /** Start Date */
            start_date: string | null;
            /** State */
            state: string | null;
            /** Task Id */
            task_id: string;
            /** Try Number */
            try_number: number;
        };
        /**
         * TaskPageResponse
         * @description A task in a run: one instance of it, or all instances of a mapped one.
         */
        TaskPageResponse: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Doc Md */
            doc_md: string | null;
            /** Downstream */
            downstream: string[];
            /** File */
            file: string;
            instance: components["schemas"]["TaskInstancePart"] | null;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number;
            /** Map Name */
            map_name: string | null;
            /** Mapped */
            mapped: boolean;
            next_run: components["schemas"]["TaskInRun"] | null;
            /** Next Task */
            next_task: string | null;
            /** Operator */
            operator: string;
            /** Owner */
            owner: string;
            /** Position */
            position: number;
            previous_run: components["schemas"]["TaskInRun"] | null;
            /** Previous Task */
            previous_task: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Run State */
            run_state: string;
            /** Run Type */
            run_type: string;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /** Trigger Rule */
            trigger_rule: string;
            /** Upstream */
            upstream: string[];
            /** Version Number */
            version_number: number;
        };
        /**
         * TaskResponse
         * @description A task.
         */
        TaskResponse: {
            /** Class Ref */
            class_ref: {
                [key: string]: unknown;
            } | null;
            /** Depends On Past */
            depends_on_past: boolean;
            /** Doc Md */
            doc_md: string | null;
            /** Downstream Task Ids */
            downstream_task_ids: string[] | null;
            /** End Date */
            end_date: string | null;
            execution_timeout: components["schemas"]["TimeDelta"] | null;
            /**
             * Extra Links
             * @default []
             */
            extra_links: string[];
            /** Is Mapped */
            is_mapped: boolean | null;
            /** Operator Name */
            operator_name: string | null;
            /** Owner */
            owner: string | null;
            /** Params */
            params: {
                [key: string]: unknown;
            } | null;
            /** Pool */
            pool: string | null;
            /** Pool Slots */
            pool_slots: number | null;
            /** Priority Weight */
            priority_weight: number | null;
            /** Queue */
            queue: string | null;
            /** Retries */
            retries: number | null;
            retry_delay: components["schemas"]["TimeDelta"] | null;
            /** Retry Exponential Backoff */
            retry_exponential_backoff: number;
            /** Start Date */
            start_date: string | null;
            /** Task Display Name */
            task_display_name: string | null;
            /** Task Id */
            task_id: string | null;
            /** Template Fields */
            template_fields: string[] | null;
            /** Trigger Rule */
            trigger_rule: string | null;
            /** Ui Color */
            ui_color: string | null;
            /** Ui Fgcolor */
            ui_fgcolor: string | null;
            /** Wait For Downstream */
            wait_for_downstream: boolean;
            /** Weight Rule */
            weight_rule: string | null;
        };
        /**
         * TasksEvent
         * @description Task instances of a run changed.  Topics: that of the run, that of a task instance.
         */
        TasksEvent: {
            /** Dag Id */
            dag_id: string;
            /** Items */
            items: components["schemas"]["TaskChange"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tasks";
            /** Position */
            position: number;
            /** Run Id */
            run_id: string;
            /** Run Pk */
            run_pk: number;
        };
        /**
         * TaskStateStoreBody
         * @description An entry to write; `expires_at` null: kept as long as its run.
         */
        TaskStateStoreBody: {
            /**
             * Expires At
             * @default default
             */
            expires_at?: string | "default" | null;
            value: components["schemas"]["JsonValue"];
        };
        /**
         * TaskStateStoreCollectionResponse
         * @description Entries of a task instance.
         */
        TaskStateStoreCollectionResponse: {
            /** Task State Store */
            task_state_store: components["schemas"]["TaskStateStoreResponse"][];
            /** Total Entries */
            total_entries: number;
        };
        /**
         * TaskStateStorePatchBody
         * @description A new value of an entry, which expires when it did.
         */
        TaskStateStorePatchBody: {
            value: components["schemas"]["JsonValue"];
        };
        /**
         * TaskStateStoreResponse
         * @description An entry of a task instance.
         */
        TaskStateStoreResponse: {
            /** Expires At */
            expires_at: string | null;
            /** Key */
            key: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Value */
            value: unknown;
        };
        /**
         * TextValue
         * @description Said as it is: a name, a message of the user's code.
         */
        TextValue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "text";
            /** Text */
            text: string;
        };
        /**
         * TimeDelta
         * @description A duration, as Airflow spells it.
         */
        TimeDelta: {
            /**
             * Type
             * @default TimeDelta
             */
            __type: string;
            /** Days */
            days: number;
            /** Microseconds */
            microseconds: number;
            /** Seconds */
            seconds: number;
        };
        /**
         * TimelineResponse
         * @description The tasks of a run over time; every list has an entry for each task.  Times are milliseconds since 1970 (UTC).
         */
        TimelineResponse: {
            /** Critical Path */
            critical_path: components["schemas"]["CriticalTask"][];
            /** Dag Id */
            dag_id: string;
            /** End */
            end: (number | null)[];
            /** Instances */
            instances: number[];
            /** Mapped */
            mapped: boolean[];
            /** Next */
            next: number | null;
            /** Now */
            now: number;
            /** Position */
            position: number;
            /** Queued */
            queued: (number | null)[];
            /** Ready */
            ready: (number | null)[];
            /** Run End */
            run_end: number | null;
            /** Run Id */
            run_id: string;
            /** Run Start */
            run_start: number | null;
            /** Run State */
            run_state: string;
            /** Start */
            start: (number | null)[];
            /** State Codes */
            state_codes: string[];
            /** States */
            states: string;
            /** Tasks */
            tasks: string[];
            /** Try Number */
            try_number: number[];
        };
        /**
         * TimeValue
         * @description A point in time.
         */
        TimeValue: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "time";
        };
        /**
         * TokenCollectionResponse
         * @description Tokens, the newest first.
         */
        TokenCollectionResponse: {
            /** Next */
            next: string | null;
            /** Tokens */
            tokens: components["schemas"]["TokenResponse"][];
        };
        /**
         * TokenResponse
         * @description A token of a machine, without itself.
         */
        TokenResponse: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Dag Limited */
            dag_limited: boolean;
            /** Dags */
            dags: components["schemas"]["DagRight"][];
            /** Expires At */
            expires_at: string | null;
            /** Hint */
            hint: string;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Scope
             * @enum {string}
             */
            scope: "read" | "run" | "operate" | "admin";
            /** Username */
            username: string;
        };
        /**
         * TouchedRuns
         * @description What is touched of a DAG.
         */
        TouchedRuns: {
            /** Dag Id */
            dag_id: string;
            /** Runs */
            runs: string[];
            /** Task Instances */
            task_instances: number;
            /** Tasks */
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * TriggerDAGRunPostBody
         * @description A run to make; an empty `dag_run_id` is none, as forms send it.
         */
        TriggerDAGRunPostBody: {
            /** Conf */
            conf?: {
                [key: string]: unknown;
            } | null;
            /** Dag Run Id */
            dag_run_id?: string | null;
            /** Data Interval End */
            data_interval_end?: string | null;
            /** Data Interval Start */
            data_interval_start?: string | null;
            /** Logical Date */
            logical_date: string | null;
            /** Note */
            note?: string | null;
            /** Partition Key */
            partition_key?: string | null;
            /** Run After */
            run_after?: string | null;
        };
        /**
         * TriggererInfoResponse
         * @description Whether a triggerer lives; null when there never was one.
         */
        TriggererInfoResponse: {
            /** Latest Triggerer Heartbeat */
            latest_triggerer_heartbeat: string | null;
            /** Status */
            status: ("healthy" | "unhealthy") | null;
        };
        /**
         * TriggerPreviewResponse
         * @description The run that would be made.
         */
        TriggerPreviewResponse: {
            /** Conf */
            conf: {
                [key: string]: unknown;
            };
            /** Dag Id */
            dag_id: string;
            /** Dag Run Id */
            dag_run_id: string;
            /** Data Interval End */
            data_interval_end: string | null;
            /** Data Interval Start */
            data_interval_start: string | null;
            estimate: components["schemas"]["EstimateResponse"];
            /** Logical Date */
            logical_date: string | null;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Type */
            run_type: string;
            /** Sentence */
            sentence: string;
            /** Tasks */
            tasks: number;
            /** Waits */
            waits: string[];
            /** Waits Said */
            waits_said: (components["schemas"]["TextValue"] | components["schemas"]["PhraseValue"])[];
        };
        /**
         * TriggerResponse
         * @description The trigger that a deferred task waits for.
         */
        TriggerResponse: {
            /** Classpath */
            classpath: string;
            /**
             * Created Date
             * Format: date-time
             */
            created_date: string;
            /** Id */
            id: number;
            /** Kwargs */
            kwargs: string;
            /** Queue */
            queue: string | null;
            /** Triggerer Id */
            triggerer_id: number | null;
        };
        /**
         * UnpauseBody
         * @description How to unpause.
         */
        UnpauseBody: {
            /**
             * Confirm Past Runs
             * @default false
             */
            confirm_past_runs?: boolean;
        };
        /**
         * UnpauseResponse
         * @description What was done.
         */
        UnpauseResponse: {
            /** Changed */
            changed: boolean;
            /** Dag Id */
            dag_id: string;
        };
        /**
         * UpdateHITLDetailPayload
         * @description An answer.
         */
        UpdateHITLDetailPayload: {
            /** Chosen Options */
            chosen_options: string[];
            /**
             * Params Input
             * @default {}
             */
            params_input?: {
                [key: string]: unknown;
            };
        };
        /**
         * UserBody
         * @description What to change of a user; what is left out stays.
         */
        UserBody: {
            /** Dag Limited */
            dag_limited?: boolean | null;
            /** Dags */
            dags?: components["schemas"]["DagRight"][] | null;
            /** Password */
            password?: string | null;
            /** Role */
            role?: string | null;
        };
        /**
         * UserCollectionResponse
         * @description Users by name.
         */
        UserCollectionResponse: {
            /** Next */
            next: string | null;
            /** Users */
            users: components["schemas"]["UserResponse"][];
        };
        /**
         * UserResponse
         * @description A user.
         */
        UserResponse: {
            /** Base */
            base: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Dag Limited */
            dag_limited: boolean;
            /** Dags */
            dags: components["schemas"]["DagRight"][];
            /** Issuer */
            issuer: string | null;
            /** Role */
            role: string;
            /** Role Limited */
            role_limited: boolean;
            /** Username */
            username: string;
        };
        /** ValidationError */
        ValidationError: {
            /** Context */
            ctx?: Record<string, never>;
            /** Input */
            input?: unknown;
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
        /**
         * VariableBody
         * @description A variable to write.  A value that is not a text is stored as JSON.
         */
        VariableBody: {
            /** Description */
            description?: string | null;
            /** Key */
            key: string;
            /** Team Name */
            team_name?: string | null;
            value: components["schemas"]["JsonValue"];
        };
        /**
         * VariableCollectionResponse
         * @description A page of variables.
         */
        VariableCollectionResponse: {
            /** Total Entries */
            total_entries: number;
            /** Variables */
            variables: components["schemas"]["VariableResponse"][];
        };
        /**
         * VariableResponse
         * @description A variable.  The value of one whose key tells of a secret is hidden.
         */
        VariableResponse: {
            /** Description */
            description: string | null;
            /**
             * Is Encrypted
             * @default true
             */
            is_encrypted: boolean;
            /** Key */
            key: string;
            /** Team Name */
            team_name: string | null;
            /** Value */
            value: string;
        };
        /**
         * VersionInfo
         * @description The version that answers.
         */
        VersionInfo: {
            /** Git Version */
            git_version: string | null;
            /** Version */
            version: string;
        };
        /**
         * XComCollectionResponse
         * @description A page of XComs.
         */
        XComCollectionResponse: {
            /** Total Entries */
            total_entries: number;
            /** Xcom Entries */
            xcom_entries: components["schemas"]["XComResponse"][];
        };
        /**
         * XComCreateBody
         * @description An XCom to write.
         */
        XComCreateBody: {
            /** Key */
            key: string;
            /**
             * Map Index
             * @default -1
             */
            map_index?: number;
            value: components["schemas"]["JsonValue"];
        };
        /**
         * XComResponse
         * @description An XCom without its value.
         */
        XComResponse: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Key */
            key: string;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /**
         * XComResponseNative
         * @description An XCom with its value as JSON.
         */
        XComResponseNative: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Download */
            download: string | null;
            /** Key */
            key: string;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /** Value */
            value: unknown;
        };
        /**
         * XComResponseString
         * @description An XCom with its value as one text.
         */
        XComResponseString: {
            /** Dag Display Name */
            dag_display_name: string;
            /** Dag Id */
            dag_id: string;
            /** Key */
            key: string;
            /** Logical Date */
            logical_date: string | null;
            /** Map Index */
            map_index: number;
            /**
             * Run After
             * Format: date-time
             */
            run_after: string;
            /** Run Id */
            run_id: string;
            /** Task Display Name */
            task_display_name: string;
            /** Task Id */
            task_id: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /** Value */
            value: string | null;
        };
        /**
         * XComUpdateBody
         * @description A new value of an XCom.
         */
        XComUpdateBody: {
            /**
             * Map Index
             * @default -1
             */
            map_index?: number;
            value: components["schemas"]["JsonValue"];
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
    list_assets: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description That this DAG makes, reads or runs on. */
                dag_id?: string | null;
                group?: string | null;
                limit?: number;
                order_by?: "name" | "-name" | "group" | "last_event" | "-last_event";
                /** @description Part of the name or URI. */
                search?: string | null;
                /** @description `stale`: not updated for longer than usual; `gone`: no DAG names it. */
                show?: "active" | "stale" | "never" | "unmade" | "gone";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetListResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetPageResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_asset_events: {
        parameters: {
            query?: {
                asset_id?: number | null;
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                limit?: number;
                partition_key?: string | null;
                /** @description Part of the name. */
                search?: string | null;
                since?: string | null;
                source_dag_id?: string | null;
                source_run_id?: string | null;
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetFeedResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                dag_id?: string | null;
                event?: string | null;
                limit?: number;
                /** @description Where to go on: `next` of the page before. */
                mark?: string | null;
                since?: string | null;
                until?: string | null;
                via?: ("api" | "ui" | "cli") | null;
                who?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_all_backfills: {
        parameters: {
            query?: {
                /** @description Only those that are not over, or only those that are. */
                active?: boolean | null;
                /** @description With `runs` and `skipped`: it counts all runs of the backfills on the page. */
                counted?: boolean;
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                dag_id?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillDetailCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_any_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillDetailResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No DAG processor answers, and only the code of a DAG file knows. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_backfill_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillDetailResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillPatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillDetailResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    retry_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillRetryResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_backfill_runs: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillRunCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_dags: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description Only favourites. */
                favorite?: boolean;
                import_errors?: boolean | null;
                limit?: number;
                order_by?: "dag_id" | "-dag_id" | "dag_display_name" | "-dag_display_name" | "next_run" | "-next_run" | "last_run" | "-last_run" | "state" | "-state" | "owner" | "-owner";
                owner?: string[] | null;
                paused?: boolean | null;
                /** @description Part of the id, name or a tag. */
                search?: string | null;
                /** @description State of the newest run. */
                state?: ("queued" | "running" | "success" | "failed" | "never")[] | null;
                tag?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagListResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_filters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagFiltersResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_matching_dags: {
        parameters: {
            query?: {
                /** @description Only favourites. */
                favorite?: boolean;
                import_errors?: boolean | null;
                owner?: string[] | null;
                paused?: boolean | null;
                /** @description Part of the id, name or a tag. */
                search?: string | null;
                /** @description State of the newest run. */
                state?: ("queued" | "running" | "success" | "failed" | "never")[] | null;
                tag?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchingDagsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_facts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagHead"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_calendar: {
        parameters: {
            query?: {
                /** @description Default: a month, or for hours a day, from now. */
                end?: string | null;
                granularity?: "daily" | "hourly";
                /** @description Default: a year, or for hours a week, before the end. */
                start?: string | null;
                timezone?: string;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_run_deadlines: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                missed?: boolean | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadlineCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_durations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Of this task instead of the runs. */
                task_id?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DurationsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_graph: {
        parameters: {
            query?: {
                /** @description Without it: the newest version. */
                version_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_grid: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                before?: string | null;
                limit?: number;
                /** @description Run id to begin with; without it the newest. */
                newest?: string | null;
                run_type?: string[] | null;
                state?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GridResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_overview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagOverviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    compare_runs: {
        parameters: {
            query?: {
                /** @description Run id; without it the last success before. */
                with?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunComparisonResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_run_graph_states: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphStatesResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_run_summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSummaryResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_page: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_instance_counts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceCountsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_instances: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                after?: string | null;
                limit?: number;
                /** @description Part of what `map_index_template` made, or the map index: `7` or `[7]`. */
                name?: string | null;
                /** @description `urgency`: those that need attention first. */
                order_by?: "urgency" | "map_index" | "-map_index" | "start_date" | "-start_date" | "end_date" | "-end_date" | "duration" | "-duration";
                /** @description `no_status` for none. */
                state?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstancesResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_matching_instances: {
        parameters: {
            query?: {
                /** @description Part of what `map_index_template` made, or the map index: `7` or `[7]`. */
                name?: string | null;
                /** @description `no_status` for none. */
                state?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchingInstancesResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    read_log_range: {
        parameters: {
            query?: {
                /** @description On both sides of this byte. */
                around?: number | null;
                /** @description What ends before this byte. */
                before?: number | null;
                /** @description Place in `files`: a try that was lost has several.  Default: last. */
                file?: number | null;
                /** @description Only lines of these; `info` is what has no other one. */
                level?: ("debug" | "info" | "warning" | "error" | "critical")[] | null;
                /** @description About so many bytes. */
                limit?: number;
                /** @description On both sides of this line, from 1. */
                line?: number | null;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description From this byte on. */
                offset?: number | null;
                /** @description Without it: the newest try. */
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogRangeResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    follow_log: {
        parameters: {
            query?: {
                /** @description Place in `files`: a try that was lost has several.  Default: last. */
                file?: number | null;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description `end` of what is shown. */
                offset?: number;
                /** @description Without it: the newest try. */
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events `records`; the last one is `end`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LogTail"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_log_outline: {
        parameters: {
            query?: {
                /** @description Place in `files`: a try that was lost has several.  Default: last. */
                file?: number | null;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description Without it: the newest try. */
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogOutlineResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    download_log: {
        parameters: {
            query?: {
                /** @description Place in `files`: a try that was lost has several.  Default: last. */
                file?: number | null;
                /** @description `text`: as people read it, without ranges. */
                form?: "lines" | "text";
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description Without it: the newest try. */
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/plain": string;
                };
            };
            /** @description A part of it. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The range lies outside of the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    search_log: {
        parameters: {
            query: {
                /** @description Capital and small letters differ. */
                case?: boolean;
                /** @description Place in `files`: a try that was lost has several.  Default: last. */
                file?: number | null;
                /** @description Only lines of these; `info` is what has no other one. */
                level?: ("debug" | "info" | "warning" | "error" | "critical")[] | null;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description `scanned` of the answer before. */
                offset?: number;
                text: string;
                /** @description Without it: the newest try. */
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogSearchResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    download_xcom: {
        parameters: {
            query: {
                key: string;
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The value. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_run_timeline: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_changes: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskChangesResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_tasks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the part before. */
                cursor?: string | null;
                limit?: number;
                /** @description Words in the id, name, operator, owner or pool. */
                q?: string;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagTasksResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    unpause_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnpauseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnpauseResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query: {
                /** @description Of an answer: the stream goes on from there. */
                position?: number | null;
                /** @description `dags`, `home`, `hitl`, `imports`, `assets`, `backfills`, `pools`, `health`, `dag:<dag>`, `run:<dag>/<run>`, `ti:<dag>/<run>/<task>/<map index>`; `/` and `%` in an id percent-encoded. */
                topic: string[];
            };
            header?: {
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; `data` is JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string & (components["schemas"]["HelloEvent"] | components["schemas"]["ResetEvent"] | components["schemas"]["RunEvent"] | components["schemas"]["TasksEvent"] | components["schemas"]["CellsEvent"] | components["schemas"]["DagEvent"] | components["schemas"]["GoneEvent"] | components["schemas"]["HintEvent"] | components["schemas"]["HealthEvent"]);
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    explain_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    explain_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    explain_task_instance: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_service_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HomeResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_lineage: {
        parameters: {
            query?: {
                asset_id?: number | null;
                dag_id?: string | null;
                /** @description Steps; from asset to asset are two. */
                depth?: number;
                direction?: "up" | "down" | "both";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineageResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    log_in_browser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description Too many failed logins. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_login_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginOptions"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    log_out_browser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    log_out_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description Too many failed logins. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    finish_oidc_login: {
        parameters: {
            query?: {
                code?: string | null;
                error?: string | null;
                state?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description To the page. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    begin_oidc_login: {
        parameters: {
            query?: {
                next?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_backfill: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillPlanResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No DAG processor answers, and only the code of a DAG file knows. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_backfill_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillRetryPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_clear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearTaskInstancesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletePreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_delete_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletePreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_mark_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkRunPreviewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_mark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkTasksPreviewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausePreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunsActionPreviewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsActionPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchedulePreviewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_trigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerDAGRunPostBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    preview_unpause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsPreviewResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_questions: {
        parameters: {
            query?: {
                /** @description Those that were answered, the newest question first. */
                answered?: boolean;
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_role: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoleBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    update_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_runs: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description Part of the DAG id. */
                dag?: string | null;
                /** @description Of this DAG; default: of all. */
                dag_id?: string | null;
                /** @description Date of the first: its logical date, without one `run_after`. */
                from?: string | null;
                limit?: number;
                order_by?: "run_after" | "-run_after" | "start_date" | "-start_date" | "duration" | "-duration";
                run_type?: components["schemas"]["DagRunType"][] | null;
                /** @description Part of the run id, among the newest 1,000,000 runs. */
                search?: string | null;
                state?: components["schemas"]["DagRunState"][] | null;
                /** @description Date before this. */
                to?: string | null;
                version?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunListResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_matching_runs: {
        parameters: {
            query?: {
                /** @description Part of the DAG id. */
                dag?: string | null;
                /** @description Of this DAG; default: of all. */
                dag_id?: string | null;
                /** @description Date of the first: its logical date, without one `run_after`. */
                from?: string | null;
                run_type?: components["schemas"]["DagRunType"][] | null;
                /** @description Part of the run id, among the newest 1,000,000 runs. */
                search?: string | null;
                state?: components["schemas"]["DagRunState"][] | null;
                /** @description Date before this. */
                to?: string | null;
                version?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchingRunsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_schedule: {
        parameters: {
            query?: {
                /** @description Only of these DAGs. */
                dag_id?: string[] | null;
                /** @description Default: 12 hours ago. */
                from?: string | null;
                limit?: number;
                /** @description Default: in 12 hours. */
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    search_everything: {
        parameters: {
            query: {
                kind?: ("dag" | "run" | "task" | "asset" | "connection" | "variable" | "pool")[] | null;
                /** @description Of each kind. */
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_machine_tokens: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Where to go on: `next` of the page before. */
                mark?: string | null;
                /** @description Only your own, also for administrators. */
                mine?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_machine_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTokenBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    revoke_machine_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_users: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Where to go on: `next` of the page before. */
                mark?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_assets: {
        parameters: {
            query?: {
                dag_ids?: string[] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                name_prefix_pattern?: string | null;
                offset?: number;
                only_active?: boolean;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                uri_pattern?: string | null;
                /** @description Matches the start, in this case. */
                uri_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    materialize_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MaterializeAssetBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_asset_state_store: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path: {
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetStateStoreCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    clear_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: number;
                /** @description Key. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetStateStoreResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    set_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: number;
                /** @description Key. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetStateStoreBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: number;
                /** @description Key. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_aliases: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                name_prefix_pattern?: string | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetAliasCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_alias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_alias_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetAliasResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_asset_events: {
        parameters: {
            query?: {
                asset_id?: number | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                name_prefix_pattern?: string | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                partition_key?: string | null;
                source_dag_id?: string | null;
                source_map_index?: number | null;
                source_run_id?: string | null;
                source_task_id?: string | null;
                timestamp_gt?: string | null;
                timestamp_gte?: string | null;
                timestamp_lt?: string | null;
                timestamp_lte?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_asset_event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAssetEventsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: {
                next?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Never: the answer leads on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description To the page. */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Never: the answer leads on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description To the page. */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_backfills: {
        parameters: {
            query: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillPostBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No DAG processor answers, and only the code of a DAG file knows. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    cancel_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    pause_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    unpause_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a backfill. */
                backfill_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_backfill_dry_run: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillPostBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunBackfillCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No DAG processor answers, and only the code of a DAG file knows. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_config: {
        parameters: {
            query?: {
                section?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Also as an INI file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The answer cannot be given in an accepted form. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_config_value: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                option: string;
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Also as an INI file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The answer cannot be given in an accepted form. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_connections: {
        parameters: {
            query?: {
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                connection_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                connection_id_prefix_pattern?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    post_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    bulk_connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkConnections"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_connection: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Key. */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_default_connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_connection_test: {
        parameters: {
            query?: never;
            header: {
                "Airflow-Connection-Test-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncConnectionTestResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    enqueue_connection_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionTestRequestBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTestQueuedResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    test_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTestResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dags: {
        parameters: {
            query?: {
                asset_dependency?: string | null;
                bundle_name?: string | null;
                bundle_version?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_display_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_display_name_prefix_pattern?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                dag_run_end_date_gt?: string | null;
                dag_run_end_date_gte?: string | null;
                dag_run_end_date_lt?: string | null;
                dag_run_end_date_lte?: string | null;
                dag_run_start_date_gt?: string | null;
                dag_run_start_date_gte?: string | null;
                dag_run_start_date_lt?: string | null;
                dag_run_start_date_lte?: string | null;
                dag_run_state?: components["schemas"]["DagRunState"][] | null;
                exclude_stale?: boolean;
                has_asset_schedule?: boolean | null;
                has_import_errors?: boolean | null;
                is_favorite?: boolean | null;
                last_dag_run_state?: components["schemas"]["DagRunState"] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                owners?: string[] | null;
                paused?: boolean | null;
                tags?: string[] | null;
                tags_match_mode?: ("any" | "all") | null;
                timetable_type?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_dags: {
        parameters: {
            query?: {
                asset_dependency?: string | null;
                bundle_name?: string | null;
                bundle_version?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_display_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_display_name_prefix_pattern?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                dag_run_end_date_gt?: string | null;
                dag_run_end_date_gte?: string | null;
                dag_run_end_date_lt?: string | null;
                dag_run_end_date_lte?: string | null;
                dag_run_start_date_gt?: string | null;
                dag_run_start_date_gte?: string | null;
                dag_run_start_date_lt?: string | null;
                dag_run_start_date_lte?: string | null;
                dag_run_state?: components["schemas"]["DagRunState"][] | null;
                exclude_stale?: boolean;
                has_asset_schedule?: boolean | null;
                has_import_errors?: boolean | null;
                is_favorite?: boolean | null;
                last_dag_run_state?: components["schemas"]["DagRunState"] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                owners?: string[] | null;
                paused?: boolean | null;
                tags?: string[] | null;
                tags_match_mode?: ("any" | "all") | null;
                timetable_type?: string[] | null;
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGPatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_dag: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGPatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_asset_queued_event: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_dag_asset_queued_event: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of an asset. */
                asset_id: number;
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_dag_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    clear_dag_runs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDAGRunClearBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearTaskInstanceCollectionResponse"] | components["schemas"]["DAGRunCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    clear_dag_run_partitions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearPartitionsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearPartitionsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    post_clear_task_instances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearTaskInstancesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_runs: {
        parameters: {
            query?: {
                bundle_version?: string | null;
                conf_contains?: string | null;
                consuming_asset_pattern?: string | null;
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                dag_version?: number[] | null;
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                partition_date_gte?: string | null;
                partition_date_lte?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                partition_key_pattern?: string | null;
                /** @description Matches the start, in this case. */
                partition_key_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                run_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                run_id_prefix_pattern?: string | null;
                run_type?: components["schemas"]["DagRunType"][] | null;
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: components["schemas"]["DagRunState"][] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                triggering_user_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                triggering_user_name_prefix_pattern?: string | null;
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    trigger_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerDAGRunPostBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    bulk_dag_runs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDAGRuns"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_dag_run: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGRunPatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    clear_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGRunClearBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearTaskInstanceCollectionResponse"] | components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_hitl_details: {
        parameters: {
            query?: {
                body_search?: string | null;
                created_at_gt?: string | null;
                created_at_gte?: string | null;
                created_at_lt?: string | null;
                created_at_lte?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                map_index?: number | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                responded_by_user_id?: string[] | null;
                responded_by_user_name?: string[] | null;
                response_received?: boolean | null;
                state?: (components["schemas"]["TaskInstanceState"] | ("none" | "no_status"))[] | null;
                subject_search?: string | null;
                task_id?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                task_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                task_id_prefix_pattern?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailCollection"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_group_instances: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_group_instances_dry_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instances: {
        parameters: {
            query?: {
                /** @description Pages by position instead of by number: empty for the first page, then `next_cursor`. */
                cursor?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor?: string[] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number[] | null;
                offset?: number;
                operator?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                operator_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                operator_name_prefix_pattern?: string | null;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                pool?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                pool_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                pool_name_prefix_pattern?: string | null;
                queue?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                queue_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                queue_name_prefix_pattern?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                rendered_map_index_pattern?: string | null;
                /** @description Matches the start, in this case. */
                rendered_map_index_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                run_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                run_id_prefix_pattern?: string | null;
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: (components["schemas"]["TaskInstanceState"] | ("none" | "no_status"))[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                task_display_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                task_display_name_prefix_pattern?: string | null;
                task_group_id?: string | null;
                task_id?: string | null;
                try_number?: number[] | null;
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
                version_number?: number[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    bulk_task_instances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkTaskInstances"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_task_instance: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_instance: {
        parameters: {
            query?: {
                /** @description Without it all instances of the task. */
                map_index?: number | null;
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_mapped_task_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_instance_by_map_index: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instance_dependencies_by_map_index: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDependencyCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_instance_dry_run_by_map_index: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_hitl_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetail"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    update_hitl_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateHITLDetailPayload"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_hitl_detail_try_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
                try_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailHistory"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_mapped_task_instance_tries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_mapped_task_instance_try_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Index of a mapped task instance. */
                map_index: number;
                /** @description Id of a task. */
                task_id: string;
                task_try_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instance_dependencies: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDependencyCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_instance_dry_run: {
        parameters: {
            query?: {
                /** @description Without it all instances of the task. */
                map_index?: number | null;
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_external_log_url: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                try_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExternalLogUrlResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_extra_links: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
                try_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraLinkCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_mapped_task_instances: {
        parameters: {
            query?: {
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor?: string[] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number[] | null;
                offset?: number;
                operator?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                operator_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                operator_name_prefix_pattern?: string | null;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                pool?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                pool_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                pool_name_prefix_pattern?: string | null;
                queue?: string[] | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                queue_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                queue_name_prefix_pattern?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                rendered_map_index_pattern?: string | null;
                /** @description Matches the start, in this case. */
                rendered_map_index_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: (components["schemas"]["TaskInstanceState"] | ("none" | "no_status"))[] | null;
                try_number?: number[] | null;
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
                version_number?: number[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_log: {
        parameters: {
            query?: {
                /** @description All that is there, however long. */
                full_content?: boolean;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                /** @description Where to go on reading. */
                token?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                try_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstancesLogResponse"];
                    "application/x-ndjson": string;
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The answer cannot be given in an accepted form. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_task_state_store: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    clear_task_state_store: {
        parameters: {
            query?: {
                all_map_indices?: boolean;
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_state_store: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Key. */
                key: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    set_task_state_store: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Key. */
                key: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskStateStoreBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_task_state_store: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Key. */
                key: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_task_state_store: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Key. */
                key: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskStateStorePatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instance_tries: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instance_try_details: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                task_try_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_xcom_entries: {
        parameters: {
            query?: {
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_display_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_display_name_prefix_pattern?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number | null;
                map_index_filter?: number | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                run_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                run_id_prefix_pattern?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                task_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                task_id_prefix_pattern?: string | null;
                xcom_key?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                xcom_key_pattern?: string | null;
                /** @description Matches the start, in this case. */
                xcom_key_prefix_pattern?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_xcom_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["XComCreateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComResponseNative"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_xcom_entry: {
        parameters: {
            query?: {
                deserialize?: boolean;
                /** @description -1: the task is not mapped. */
                map_index?: number;
                stringify?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                /** @description Key. */
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComResponseNative"] | components["schemas"]["XComResponseString"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_xcom_entry: {
        parameters: {
            query?: {
                /** @description -1: the task is not mapped. */
                map_index?: number;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                /** @description Key. */
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    update_xcom_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
                /** @description Id of a task. */
                task_id: string;
                /** @description Key. */
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["XComUpdateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComResponseNative"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task_instances_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskInstancesBatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_upstream_asset_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    wait_dag_run_until_finished: {
        parameters: {
            query: {
                /** @description Seconds between two looks. */
                interval: number;
                /** @description Tasks whose results to tell. */
                result?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a DAG run. */
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One line per look. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/x-ndjson": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_list_dag_runs_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGRunsBatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_versions: {
        parameters: {
            query?: {
                bundle_name?: string | null;
                bundle_version?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                version_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGVersionCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                version_number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagVersionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGDetailsResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    favorite_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_tasks: {
        parameters: {
            query?: {
                order_by?: string;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
                /** @description Id of a task. */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    unfavorite_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_source: {
        parameters: {
            query?: {
                version_number?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of a DAG. */
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGSourceResponse"];
                    "text/plain": string;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The answer cannot be given in an accepted form. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_stats: {
        parameters: {
            query?: {
                dag_ids?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagStatsCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_dag_tags: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                tag_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                tag_name_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGTagCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    list_dag_warnings: {
        parameters: {
            query?: {
                dag_id?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                warning_type?: ("asset conflict" | "non-existent pool" | "runtime varying value") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGWarningCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_event_logs: {
        parameters: {
            query?: {
                after?: string | null;
                before?: string | null;
                dag_id?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                dag_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                dag_id_prefix_pattern?: string | null;
                event?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                event_pattern?: string | null;
                /** @description Matches the start, in this case. */
                event_prefix_pattern?: string | null;
                excluded_events?: string[] | null;
                included_events?: string[] | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                map_index?: number | null;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                owner?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                owner_pattern?: string | null;
                /** @description Matches the start, in this case. */
                owner_prefix_pattern?: string | null;
                run_id?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                run_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                run_id_prefix_pattern?: string | null;
                task_id?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                task_id_pattern?: string | null;
                /** @description Matches the start, in this case. */
                task_id_prefix_pattern?: string | null;
                try_number?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventLogCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_event_log: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_log_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventLogResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_import_errors: {
        parameters: {
            query?: {
                bundle_name?: string | null;
                filename?: string | null;
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                filename_pattern?: string | null;
                /** @description Matches the start, in this case. */
                filename_prefix_pattern?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_import_error: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_error_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_jobs: {
        parameters: {
            query?: {
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor_class?: string | null;
                hostname?: string | null;
                is_alive?: boolean | null;
                job_state?: string | null;
                job_type?: string | null;
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthInfoResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    reparse_dag_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a DAG tells it. */
                file_token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_plugins: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    import_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginImportErrorCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_pools: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                pool_name_pattern?: string | null;
                /** @description Matches the start, in this case. */
                pool_name_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    post_pool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    bulk_pools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkPools"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_pool: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Key. */
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolPatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_providers: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_variables: {
        parameters: {
            query?: {
                /** @description At most 100; 0: only the total. */
                limit?: number;
                offset?: number;
                /** @description Sort keys; `-` in front for descending. */
                order_by?: string[];
                /** @description Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` matches all, a backslash takes the meaning from the next character. */
                variable_key_pattern?: string | null;
                /** @description Matches the start, in this case. */
                variable_key_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableCollectionResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    post_variable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description It contradicts what exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    bulk_variables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkVariables"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_variable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    delete_variable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Key. */
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    patch_variable: {
        parameters: {
            query?: {
                /** @description Names of the fields to change; without it, all that are sent. */
                update_mask?: string[] | null;
            };
            header?: never;
            path: {
                /** @description Key. */
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    get_version: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionInfo"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_token_all_admins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description Too many failed logins. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    create_token_cli: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description Too many failed logins. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
    login_all_admins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something in the request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description No valid token. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The role is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description Path and query are too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPExceptionResponse"];
                };
            };
        };
    };
}
