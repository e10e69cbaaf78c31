# frozen_string_literal: true

require 'securerandom'

require_relative 'base'

module Standin
  module Web
    # /api/v4: the calls a script would use first, with GitLab's paths, names and codes.
    class Api < Base
      before { @user = authenticated }

      # A project may be named by its path, whose slash comes encoded.
      set :mustermann_opts, capture: { id: %r{[^/?#]+} }

      get '/version' do
        refuse(401, '401 Unauthorized') unless @user
        json({ version: context.settings.version, revision: 'stand-in', enterprise: false })
      end

      get('/user') { json(person(signed_in)) }

      get('/user/keys') { json(users.keys_of(signed_in).map { |key| shown_key(key) }) }

      post '/user/keys' do
        asked = given
        json(shown_key(context.database.lasting { users.add_key(signed_in, title: asked['title'].to_s, key: required(asked, 'key')) }), 201)
      rescue ArgumentError => error
        refuse(400, { key: [error.message] })
      end

      get('/projects') { json(projects.readable(@user, **paging).map { |one| shown(one) }) }

      post '/projects' do
        json(shown(create_project(given, signed_in)), 201)
      end

      get('/projects/:id') { json(shown(project)) }

      delete '/projects/:id' do
        mine = writable
        context.gitaly.remove(mine)
        context.database.lasting { projects.delete(mine) }
        json({ message: '202 Accepted' }, 202)
      end

      get '/projects/:id/repository/commits' do
        page = paging
        revision = params['ref_name'] || project[:default_branch]
        found = context.gitaly.commits(project, revision: revision, limit: page[:limit], offset: page[:offset])
        # Who names none is told of a new project that there is nothing yet.
        refuse(404, '404 Commit Not Found') if found.nil? && params['ref_name']
        json(found.to_a.map { |one| shown_commit(one) })
      end

      post '/projects/:id/repository/commits' do
        asked = given
        at = Time.now
        actions = Array(asked['actions']).map { |one| action(one) }
        refuse(400, 'actions is missing') if actions.empty?
        message = required(asked, 'commit_message')
        sha = context.gitaly.write(writable, signed_in, branch: required(asked, 'branch'), message: message, actions: actions, at: at)
        json({ id: sha, short_id: sha[0, 8], title: message.lines.first.to_s.chomp }, 201)
      rescue Git::Gitaly::Refused => error
        refuse(403, error.message[0, 300])
      rescue ArgumentError => error
        refuse(400, error.message[0, 300])
      end

      get('/projects/:id/repository/branches') do
        json(context.gitaly.branches(project).map { |one| { name: one[:name], commit: { id: one[:commit] } } })
      end

      get('/projects/:id/protected_branches') { json(projects.protected_branches(project).map { |row| row.slice(:id, :name) }) }

      post '/projects/:id/protected_branches' do
        mine = writable
        row = context.database.lasting { projects.protect(mine, required(given, 'name')) }
        json(row.slice(:id, :name), 201)
      end

      get('/projects/:id/issues') { list(:issues) }
      post('/projects/:id/issues') { create(:issues, title: required(given, 'title'), description: given['description']) }
      get('/projects/:id/issues/:iid') { item(:issues) }

      get('/projects/:id/merge_requests') { list(:merge_requests) }

      post '/projects/:id/merge_requests' do
        create(:merge_requests, title: required(given, 'title'), source_branch: required(given, 'source_branch'),
                                target_branch: required(given, 'target_branch'))
      end

      get('/projects/:id/jobs') { json(jobs.of(project, **paging).map { |job| shown_job(job) }) }
      get('/projects/:id/jobs/:job') { json(shown_job(job)) }
      get('/projects/:id/jobs/:job/trace') { object(job[:trace_key], 'text/plain') }
      get('/projects/:id/jobs/:job/artifacts') { object(job[:artifact_key], 'application/x-tar') }

      # Nobody's bytes pass through here: the answer has a link under which they are put into the object store.
      post '/projects/:id/uploads' do
        mine = writable
        asked = given
        name = File.basename(required(asked, 'filename'))
        refuse(503, '503 Service Unavailable - there is no object storage') unless context.object_store
        id = SecureRandom.uuid
        context.database.lasting { uploads.add(id, mine, name, asked['size'].to_i) }
        json({ id: id, filename: name, size: asked['size'].to_i, upload_url: context.object_store.link(:uploads, uploads.key(id, name), :put_object) }, 201)
      end

      get '/projects/:id/uploads' do
        json(uploads.of(project).map { |row| row.slice(:id, :filename, :size).merge(created_at: row[:created_at].iso8601(3)) })
      end

      # As GitLab does without `proxy_download`: the client fetches it where it lies.
      get '/projects/:id/uploads/:upload' do
        row = uploads.find(project, params['upload']) || refuse(404, '404 Not Found')
        refuse(404, '404 Not Found') unless context.object_store&.size(:uploads, uploads.key(row[:id], row[:filename]))
        redirect context.object_store.link(:uploads, uploads.key(row[:id], row[:filename]), :get_object)
      end

      private

      def uploads = context.store(Store::Uploads)

      def token
        request.get_header('HTTP_PRIVATE_TOKEN') || params['private_token'] ||
          request.get_header('HTTP_AUTHORIZATION').to_s[/\ABearer (.+)\z/, 1]
      end

      def authenticated
        return if token.nil?

        users.by_token(token) || refuse(401, '401 Unauthorized')
      end

      def signed_in = @user || refuse(401, '401 Unauthorized')

      # What was sent, as form or as JSON.
      def given
        @given ||= request.media_type == 'application/json' ? JSON.parse(request.body.read) : params
        @given.is_a?(Hash) ? @given : refuse(400, '400 Bad request - the body is no object')
      end

      def required(asked, name)
        value = asked[name].to_s
        value.empty? ? refuse(400, "#{name} is missing") : value
      end

      def project
        @project ||= begin
          found = projects.find(params['id'])
          found && projects.can_read?(found, @user) ? found : refuse(404, '404 Project Not Found')
        end
      end

      def writable
        signed_in
        projects.can_write?(project, @user) ? project : refuse(403, '403 Forbidden')
      end

      def create_project(asked, creator)
        name = (asked['path'] || asked['name']).to_s
        branch = (asked['default_branch'] || 'main').to_s
        refuse(400, 'name is missing, path is missing') if name.empty?
        refuse(400, { path: ['can contain only letters, digits, underscores, dashes and dots'] }) unless name.match?(Store::Projects::PATH)
        refuse(400, { default_branch: ['is no name of a branch'] }) unless branch.match?(Store::Projects::BRANCH)
        path = "#{creator[:username]}/#{name}"
        refuse(400, { path: ['has already been taken'] }) if taken?(path)
        made = context.database.lasting do
          projects.ensure(path_with_namespace: path, name: name, creator: creator, storage: context.gitaly.storages.first,
                          default_branch: branch)
        end
        context.gitaly.create(made)
        made
      end

      # A row without a repository is what an attempt left that Git storage was away for: who tries again gets it.
      def taken?(path)
        row = projects.by_path(path)
        !row.nil? && context.gitaly.exists?(row)
      end

      def paging
        limit = (params['per_page'] || 20).to_i.clamp(1, Store::Projects::MOST)
        { limit: limit, offset: ([params['page'].to_i, 1].max - 1) * limit }
      end

      def list(table)
        page = paging
        headers 'X-Total' => items.count(table, project).to_s
        json(items.all(table, project, **page).map { |row| shown_item(row) })
      end

      def item(table)
        row = items.find(table, project, params['iid'].to_i) || refuse(404, '404 Not found')
        json(shown_item(row))
      end

      def create(table, **values)
        author = signed_in
        request = SecureRandom.uuid
        row = context.database.lasting { items.create(table, project, author, request, values) }
        json(shown_item(row), 201)
      end

      def job
        @job ||= begin
          found = jobs.with_project(params['job'].to_i)
          found && found[:project_id] == project[:id] ? found : refuse(404, '404 Not found')
        end
      end

      # Given through the application, as GitLab does with `proxy_download`.
      def object(key, type)
        bytes = key && context.object_store&.get(:artifacts, key)
        refuse(404, '404 Not Found') unless bytes
        content_type type
        bytes
      end

      def action(one)
        kinds = { 'create' => :CREATE, 'update' => :UPDATE, 'delete' => :DELETE }
        kind = kinds[one['action']] || refuse(400, 'actions[action] does not have a valid value')
        { action: kind, path: one['file_path'].to_s, content: one['content'] }
      end

      def person(user) = user.slice(:id, :username, :name).merge(is_admin: user[:admin], state: 'active')

      def shown_key(key) = key.slice(:id, :title, :key).merge(created_at: key[:created_at].iso8601)

      def shown(one)
        url = "#{context.settings.external_url}/#{one[:path_with_namespace]}"
        {
          **one.slice(:id, :name, :path_with_namespace, :default_branch, :visibility), path: one[:path_with_namespace].split('/').last,
          web_url: url, http_url_to_repo: "#{url}.git", ssh_url_to_repo: "git@#{context.settings.host}:#{one[:path_with_namespace]}.git",
          repository_storage: one[:storage], created_at: one[:created_at].iso8601(3)
        }
      end

      def shown_commit(one)
        {
          id: one[:id], short_id: one[:id][0, 8], title: one[:subject], message: one[:body], author_name: one[:author],
          author_email: one[:email], authored_date: Time.at(one[:at]).utc.iso8601, parent_ids: one[:parents]
        }
      end

      def shown_item(row) = row.except(:request).merge(created_at: row[:created_at].iso8601(3))

      def shown_job(row)
        {
          **row.slice(:id, :name, :status, :ref, :attempts), commit: { id: row[:sha] }, runner: { description: row[:runner] },
          failure_reason: row[:failure], pipeline: { id: row[:pipeline_id], sha: row[:sha], ref: row[:ref] },
          created_at: row[:created_at].iso8601(3), started_at: row[:started_at]&.iso8601(3), finished_at: row[:finished_at]&.iso8601(3),
          artifacts_file: row[:artifact_key] && { filename: File.basename(row[:artifact_key]), size: row[:artifact_size], sha256: row[:artifact_sha256] }
        }.compact
      end
    end
  end
end
