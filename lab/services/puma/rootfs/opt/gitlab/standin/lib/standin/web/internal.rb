# frozen_string_literal: true

require_relative 'base'
require_relative 'signed'

module Standin
  module Web
    # /api/v4/internal: what gitlab-sshd and Gitaly's hooks ask.
    class Internal < Base
      helpers Signed

      NOT_FOUND = "The project you were looking for could not be found or you don't have permission to view it."
      PROTECTED = 'You are not allowed to push code to protected branches on this project.'
      NO_WRITE = 'You are not allowed to push code to this project.'
      # Variables of a push: git push -o ci.variable="LAB_SECONDS=5".
      VARIABLE = /\Aci\.variable=(?<name>\w+)=(?<value>.*)\z/

      before do
        unless signed?('Gitlab-Shell-Api-Request', context.settings.secrets[:shell], 'gitlab-shell')
          refuse(401, '401 Unauthorized')
        end
      end

      get '/check' do
        json({ api_version: 'v4', gitlab_version: context.settings.version, gitlab_rev: 'stand-in', redis: redis? })
      end

      get '/authorized_keys' do
        key = users.key_by_blob(params['key'].to_s) || refuse(404, '404 Key Not Found')
        json(key.slice(:id, :title, :key))
      end

      get '/discover' do
        user = actor(params)
        json(user && user.slice(:id, :name, :username))
      end

      post '/allowed' do
        asked = body_json
        user = actor(asked)
        project = asked['gl_repository'] ? projects.by_repository(asked['gl_repository']) : projects.by_path(asked['project'])
        unless project && (project[:visibility] == 'public' || projects.can_read?(project, user))
          next json({ status: false, message: NOT_FOUND }, 404)
        end

        refusal = refusal_of(asked, project, user)
        next json({ status: false, message: refusal }, 401) if refusal

        json({ status: true, **access(asked, project, user) })
      end

      post('/pre_receive') { json({ reference_counter_increased: true }) }

      post '/post_receive' do
        asked = body_json
        project = projects.by_repository(asked['gl_repository']) || refuse(404, '404 Project Not Found')
        user = identified(asked['identifier'])
        started = user ? start_pipelines(project, user, asked) : []
        # A Redis that does not take the jobs is not asked for more: a push does not wait for its failover.
        told = started.map { |job| enqueue(job) }
        entrance = context.entrances.of(user) if told.any? && told.all?
        json({ reference_counter_decreased: true, messages: started.map { |job| message(project, job, entrance) } })
      end

      private

      def body_json = @body_json ||= body_object

      def redis?
        context.cache.call('PING') == 'PONG'
      rescue RedisClient::Error
        false
      end

      def actor(asked)
        if asked['key_id'] then users.by_key_id(asked['key_id'].to_i)
        elsif asked['user_id'] then users.by_id(asked['user_id'].to_i)
        elsif asked['username'] then users.by_username(asked['username'])
        end
      end

      # @param identifier [String] key-1, user-7 or username-alice
      def identified(identifier)
        kind, name = identifier.to_s.split('-', 2)
        case kind
        when 'key' then users.by_key_id(name.to_i)
        when 'user' then users.by_id(name.to_i)
        when 'username' then users.by_username(name)
        end
      end

      def refusal_of(asked, project, user)
        return unless asked['action'] == 'git-receive-pack'
        return NO_WRITE unless projects.can_write?(project, user)

        refs = asked['changes'].to_s.lines.filter_map { |line| line.split[2] }
        PROTECTED if refs.any? { |ref| projects.protected?(project, ref) }
      end

      def access(asked, project, user)
        server = context.gitaly.server(project[:storage])
        {
          gl_repository: "project-#{project[:id]}", gl_project_path: project[:path_with_namespace],
          gl_id: user && "user-#{user[:id]}", gl_username: user && user[:username], gl_key_type: asked['key_id'] && 'key',
          gl_key_id: asked['key_id']&.to_i, git_config_options: [], gl_console_messages: [], git_protocol: asked['git_protocol'],
          gitaly: { repository: repository(project), address: server[:address], token: server[:token], features: {} }
        }.compact
      end

      def repository(project)
        {
          storage_name: project[:storage], relative_path: project[:disk_path], git_object_directory: '',
          git_alternate_object_directories: [], gl_repository: "project-#{project[:id]}",
          gl_project_path: project[:path_with_namespace]
        }
      end

      # One pipeline for each branch that was pushed. Rows first, the queue afterwards: what the queue forgets, the rows tell.
      def start_pipelines(project, user, asked)
        seconds = variables(asked)['LAB_SECONDS'].to_f.clamp(0, 60)
        pushed = asked['changes'].to_s.lines.map(&:split).select { |_, new, ref| branch_at(new, ref) }
        context.database.lasting do
          pushed.map { |_, sha, ref| jobs.ensure(project, user, ref: ref.delete_prefix('refs/heads/'), sha: sha, seconds: seconds) }
        end
      end

      def branch_at(sha, ref) = ref.to_s.start_with?('refs/heads/') && !sha.to_s.match?(/\A0+\z/)

      # @return [Boolean] whether the queue has it
      def enqueue(job)
        Pipeline::Worker.perform_async(job[:id])
        true
      rescue RedisClient::Error => error
        context.logger.warn("job #{job[:id]} waits for its keeper: #{error.class}")
        false
      end

      def variables(asked)
        Array(asked['push_options']).filter_map { |option| VARIABLE.match(option) }.to_h { |found| [found[:name], found[:value]] }
      end

      # @param entrance [String, nil] by which published address who pushed came last: hooks know of none
      def message(project, job, entrance)
        url = "#{entrance || context.settings.external_url}/#{project[:path_with_namespace]}/-/jobs/#{job[:id]}"
        { type: 'basic', message: "Job #{job[:id]} packs this push: #{url}" }
      end
    end
  end
end
