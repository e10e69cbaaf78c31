# frozen_string_literal: true

require 'base64'
require 'securerandom'

require_relative 'attachments'
require_relative 'base'
require_relative 'bytes'
require_relative 'shown'

module Standin
  module Web
    # /api/v4: the calls a script would use first, with GitLab's paths, names and codes. docs/application.md lists them.
    class Api < Base
      include Shown
      include Bytes
      include Attachments

      before do
        @user = authenticated
        remember_entrance(@user)
      end

      # A project may be named by its path, whose slash comes encoded; so may a branch.
      set :mustermann_opts, capture: { id: %r{[^/?#]+}, name: %r{[^/?#]+} }

      get '/version' do
        refuse(401, '401 Unauthorized') unless @user
        json({ version: context.settings.version, revision: 'stand-in', enterprise: false })
      end

      get('/user') { json(person(signed_in)) }

      get('/user/keys') { json(users.keys_of(signed_in).map { |key| shown_key(key) }) }

      post '/user/keys' do
        asked = given('title', 'key')
        title = text(asked, 'title').to_s
        key = required(asked, 'key', most: Store::Users::LONGEST_KEY)
        json(shown_key(context.database.lasting { users.add_key(signed_in, title: title, key: key) }), 201)
      rescue ArgumentError => error
        refuse(400, { key: [error.message] })
      end

      get('/projects') { json(projects.readable(@user, **paging).map { |one| shown(one) }) }

      post '/projects' do
        json(shown(create_project(given('name', 'path', 'default_branch', 'visibility', 'initialize_with_readme'), signed_in)), 201)
      end

      get('/projects/:id') { json(shown(project)) }

      put '/projects/:id' do
        mine = writable
        asked = given('visibility', 'default_branch')
        branch = text(asked, 'default_branch')
        expect_branch(branch) if branch
        values = { visibility: visibility(asked), default_branch: branch }.compact
        invalid('visibility, default_branch are missing, at least one parameter must be provided') if values.empty?
        change_head(mine, branch) if branch && branch != mine[:default_branch]
        json(shown(context.database.lasting { projects.change(mine, values) }))
      end

      delete '/projects/:id' do
        mine = writable
        context.gitaly.remove(mine)
        context.database.lasting do
          remains.note(mine)
          projects.delete(mine)
        end
        json({ message: '202 Accepted' }, 202)
      end

      get '/projects/:id/repository/commits' do
        page = paging
        named = text(request.params, 'ref_name')
        found = context.gitaly.commits(project, revision: named || project[:default_branch], limit: page[:limit], offset: page[:offset])
        # Who names none is told of a new project that there is nothing yet.
        refuse(404, '404 Commit Not Found') if found.nil? && named
        json(found.to_a.map { |one| shown_commit(one) })
      end

      post '/projects/:id/repository/commits' do
        asked = given('branch', 'start_branch', 'commit_message', 'actions')
        actions = actions_of(asked)
        message = required(asked, 'commit_message', most: TEXT)
        sha = context.gitaly.write(writable, signed_in, branch: required(asked, 'branch'), start: text(asked, 'start_branch'),
                                                        message: message, actions: actions, at: Time.now)
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
        name = required(given('name'), 'name')
        refuse(409, "Protected branch '#{name}' already exists") if projects.protected_branch(mine, name)
        json(context.database.lasting { projects.protect(mine, name) }.slice(:id, :name), 201)
      end

      get '/projects/:id/protected_branches/:name' do
        row = projects.protected_branch(project, params['name']) || refuse(404, '404 Not found')
        json(row.slice(:id, :name))
      end

      delete '/projects/:id/protected_branches/:name' do
        mine = writable
        refuse(404, '404 Not found') unless projects.protected_branch(mine, params['name'])
        context.database.lasting { projects.unprotect(mine, params['name']) }
        status 204
      end

      get('/projects/:id/issues') { list(:issues) }

      post '/projects/:id/issues' do
        asked = given('title', 'description')
        create(:issues, title: required(asked, 'title'), description: text(asked, 'description', most: TEXT))
      end

      get('/projects/:id/issues/:iid') { item(:issues) }

      get('/projects/:id/merge_requests') { list(:merge_requests) }

      post '/projects/:id/merge_requests' do
        asked = given('title', 'source_branch', 'target_branch')
        create(:merge_requests, title: required(asked, 'title'), source_branch: required(asked, 'source_branch'),
                                target_branch: required(asked, 'target_branch'))
      end

      get('/projects/:id/merge_requests/:iid') { item(:merge_requests) }

      get('/projects/:id/jobs') { json(jobs.of(project, **paging).map { |job| shown_job(project, job) }) }
      get('/projects/:id/jobs/:job') { json(shown_job(project, job)) }
      get('/projects/:id/jobs/:job/trace') { hand_out(:artifacts, job[:trace_key], 'text/plain') }
      get('/projects/:id/jobs/:job/artifacts') { hand_out(:artifacts, job[:artifact_key], 'application/x-tar') }

      # A form brings the file along. Without one the answer has a link under which the bytes are put into the object store; by a
      # published port they come here.
      post '/projects/:id/uploads' do
        mine = writable
        asked = given('file', 'filename', 'size')
        next json(attach(mine, asked['file']), 201) if asked.key?('file')

        name = File.basename(required(asked, 'filename'))
        invalid('filename is invalid') if name.bytesize > LINE || ['.', '..', '/'].include?(name)
        size = number(asked, 'size')
        refuse(503, '503 Service Unavailable - there is no object storage') unless context.object_store
        id = SecureRandom.uuid
        context.database.lasting { uploads.add(id, mine, name, size) }
        json({ id: id, filename: name, size: size, upload_url: place_for(mine, id, name, size) }, 201)
      end

      get '/projects/:id/uploads' do
        json(uploads.of(project).map { |row| row.slice(:id, :filename, :size).merge(created_at: row[:created_at].iso8601(3)) })
      end

      put '/projects/:id/uploads/:upload' do
        writable
        row = upload
        refuse(503, '503 Service Unavailable - there is no object storage') unless context.object_store
        received { |file| finish(row, file) }
        json(row.slice(:id, :filename, :size))
      end

      get('/projects/:id/uploads/:upload') { hand_out_upload(upload) || refuse(404, '404 Not Found') }

      get '/projects/:id/uploads/:secret/:filename' do
        row = uploads.at(project, params['secret'], params['filename'])
        (row && hand_out_upload(row)) || refuse(404, '404 Not Found')
      end

      private

      def remains = context.store(Store::Remains)
      def upload = uploads.find(project, params['upload']) || refuse(404, '404 Not Found')

      def place_for(project, id, name, size)
        return "#{base}/api/v4/projects/#{project[:id]}/uploads/#{id}" if published

        context.object_store.link(:uploads, uploads.key(id, name), :put_object, size: size)
      end

      # What has been answered for stays: who sends the same once more is told the same, and nobody puts anything else there.
      def finish(row, file)
        refuse(422, "Size is #{file.size}, not #{row[:size]}") unless file.size == row[:size]
        key = uploads.key(row[:id], row[:filename])
        context.database.sequel.transaction do
          # Of two at once the second finds what the first has put.
          refuse(404, '404 Not Found') unless uploads.hold(row[:id])
          there = context.object_store.size(:uploads, key)
          refuse(409, 'The file has been uploaded already') if there && !same?(:uploads, key, file)
          file.rewind
          context.object_store.put(:uploads, key, file) unless there
        end
      end

      def token
        request.get_header('HTTP_PRIVATE_TOKEN') || request.get_header('HTTP_AUTHORIZATION').to_s[/\ABearer (.+)\z/, 1] ||
          text(request.params, 'private_token')
      end

      def authenticated
        sent = token
        sent && (users.by_token(sent) || refuse(401, '401 Unauthorized'))
      end

      def signed_in = @user || refuse(401, '401 Unauthorized')

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

      def visibility(asked) = one_of(asked, 'visibility', Store::Projects::VISIBILITIES)

      def expect_branch(name)
        refuse(400, { default_branch: ['is no name of a branch'] }) unless name.match?(Store::Projects::BRANCH)
      end

      def create_project(asked, creator)
        name = text(asked, 'path') || text(asked, 'name')
        branch = text(asked, 'default_branch') || 'main'
        wanted = { visibility: visibility(asked) }.compact
        readme = flag(asked, 'initialize_with_readme')
        invalid('name, path are missing, at least one parameter must be provided') if name.to_s.empty?
        refuse(400, { path: ['can contain only letters, digits, underscores, dashes and dots'] }) unless name.match?(Store::Projects::PATH)
        expect_branch(branch)
        made = make(creator, name, branch, wanted)
        start_with_readme(made, creator) if readme
        made
      end

      # A clone begins with the branch that the repository itself names.
      def change_head(project, branch)
        there = context.gitaly.branches(project).any? { |one| one[:name] == branch }
        refuse(400, { base: ["Could not change HEAD: branch '#{branch}' does not exist"] }) unless there
        context.gitaly.change_head(project, branch)
      end

      def make(creator, name, branch, wanted)
        path = "#{creator[:username]}/#{name}"
        taken = { path: ['has already been taken'] }
        refuse(400, taken) if taken?(path)
        made = context.database.lasting do
          projects.ensure(path_with_namespace: path, name: name, creator: creator, storage: context.gitaly.storages.first,
                          default_branch: branch, **wanted)
        end
        # Somebody was quicker, with other letters of it large.
        refuse(400, taken) if made[:path_with_namespace] != path
        context.gitaly.create(made)
        made
      end

      # A row without a repository is what an attempt left that Git storage was away for: who tries again gets it.
      def taken?(path)
        row = projects.by_path(path)
        !row.nil? && (row[:path_with_namespace] != path || context.gitaly.exists?(row))
      end

      def start_with_readme(made, creator)
        at = Time.now
        file = { action: :CREATE, path: 'README.md', content: "# #{made[:name]}\n" }
        context.gitaly.lasting do
          context.gitaly.write(made, creator, branch: made[:default_branch], message: 'Initial commit', actions: [file], at: at)
        end
      rescue ArgumentError
        # An attempt that was not answered was kept after all.
        raise if context.gitaly.branches(made).empty?
      end

      def paging
        limit = number(request.params, 'per_page', default: 20).clamp(1, Store::Projects::MOST)
        page = number(request.params, 'page', default: 1).clamp(1, 1_000_000)
        { limit: limit, offset: (page - 1) * limit }
      end

      def list(table)
        page = paging
        headers 'X-Total' => items.count(table, project).to_s
        json(items.all(table, project, **page).map { |row| shown_item(row) })
      end

      def item(table)
        row = items.find(table, project, number(params, 'iid')) || refuse(404, '404 Not found')
        json(shown_item(row))
      end

      def create(table, **values)
        author = signed_in
        name = SecureRandom.uuid
        row = context.database.lasting { items.create(table, project, author, name, values) }
        json(shown_item(row), 201)
      end

      def job = @job ||= jobs.in_project(project, number(params, 'job')) || refuse(404, '404 Not found')

      def actions_of(asked)
        found = asked['actions']
        invalid('actions is missing') if found.nil? || found == []
        invalid('actions is invalid') unless found.is_a?(Array) && found.all?(Hash)
        found.map { |one| action(one) }
      end

      KINDS = { 'create' => :CREATE, 'update' => :UPDATE, 'delete' => :DELETE }.freeze
      private_constant :KINDS

      def action(one)
        kind = KINDS[one['action']] || invalid('actions[action] does not have a valid value')
        path = text(one, 'file_path', most: TEXT).to_s
        invalid('actions[file_path] is missing') if path.empty?
        { action: kind, path: path, content: content(one) }
      end

      def content(one)
        encoding = one.fetch('encoding', 'text')
        invalid('actions[encoding] does not have a valid value') unless %w[text base64].include?(encoding)
        said = text(one, 'content', most: Float::INFINITY)
        encoding == 'base64' ? Base64.strict_decode64(said.to_s.delete("\r\n")) : said
      rescue ArgumentError
        invalid('actions[content] is invalid')
      end
    end
  end
end
