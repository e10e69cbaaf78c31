# frozen_string_literal: true

require 'openssl'
require 'grpc'
# Generated from Gitaly's own .proto files when the image is made.
%w[repository commit ref operations praefect server].each { |name| require "#{name}_services_pb" }

module Standin
  module Git
    # Repositories, asked for where gitlab_rails['repositories_storages'] says: at Praefect, through the load balancer.
    class Gitaly
      # A repository was asked for something that needs a node which is not there.
      class Unavailable < StandardError; end

      # A hook of the repository said no; its message is for who asked.
      class Refused < StandardError; end

      # Gitaly's code for what a hook said is that of its own faults; its words tell them apart.
      HOOK = /running [a-z-]+ hooks?: (?:GitLab: )?(?<said>.+)/m
      # What git says of a branch, tag or commit that is not there, of which Gitaly has no code of its own either.
      NOTHING = /unknown revision|bad revision|bad object|File name too long|log for \S+ is empty/
      # What was asked is at fault, though Gitaly has no code for it but that of its own faults; and what GitLab says then. A nil
      # is for what git does not take as a path, which Gitaly tells by number only.
      FAULTS = {
        /\Ainvalid path: .+/m => '\0',
        /\Awriting tree .*exit status 128\z/m => nil,
        /\Aresolve parent commit: .*reference not found\z/m => 'You can only create or edit files when you are on a branch',
        /\Amissing committer name\z/ => 'commit: failed to parse signature - Signature cannot have an empty name or email'
      }.freeze

      CALL_S = 10
      # Praefect takes 10 s to give a repository another primary; what came before is told again until then.
      PATIENCE_S = 14
      # An attempt may have come to a node that answers nothing any more: Praefect sends each read to any of three, and to that
      # one for ten seconds. So the first ones are short, and on a slow machine one of the later ones has time enough.
      FIRST_S = 1.5
      MORE = 1.5
      PAUSE_S = 0.4
      AGAIN = [GRPC::Unavailable, GRPC::Internal, GRPC::Aborted, GRPC::DeadlineExceeded].freeze
      # What says that a node, or the way to it, is not there. Praefect has but the code of its own faults for most of that; where
      # git came to an end, somebody did answer.
      AWAY = [*AGAIN, GRPC::Unknown, GRPC::Cancelled, GRPC::ResourceExhausted].freeze
      ANSWERED = /exit status \d+/

      # @return [Boolean] whether another attempt may find another node
      def self.away?(error)
        error.is_a?(Unavailable) || (AWAY.any? { |kind| error.is_a?(kind) } && !ANSWERED.match?(error.details.to_s))
      end

      # @param settings [Hash] storages: { default: { address:, token: } }
      def initialize(settings)
        @storages = settings.fetch(:storages)
        @lock = Mutex.new
        @stubs = {}
      end

      # @return [Array<String>] names of the storages
      def storages = @storages.keys.map(&:to_s)

      # What gitlab-shell and Workhorse need to go there themselves.
      # @return [Hash] address and token
      def server(storage) = @storages.fetch(storage.to_sym).slice(:address, :token)

      # One that is there already is fine.
      def create(project)
        lasting do
          call(project, ::Gitaly::RepositoryService, :create_repository,
               ::Gitaly::CreateRepositoryRequest.new(repository: repository(project), default_branch: bytes(project[:default_branch])))
        end
      rescue GRPC::AlreadyExists
        nil
      end

      def exists?(project)
        call(project, ::Gitaly::RepositoryService, :repository_exists,
             ::Gitaly::RepositoryExistsRequest.new(repository: repository(project))).exists
      end

      def remove(project)
        call(project, ::Gitaly::RepositoryService, :remove_repository,
             ::Gitaly::RemoveRepositoryRequest.new(repository: repository(project)))
      rescue GRPC::NotFound
        nil
      end

      # @return [Array<Hash>, nil] the newest first: id, subject, body, author, email, seconds since 1970, parents; nil where there is
      #   no such revision
      def commits(project, revision:, limit:, offset: 0)
        request = ::Gitaly::ListCommitsRequest.new(
          repository: repository(project), revisions: [revision], pagination_params: { limit: offset + limit }
        )
        listed = call(project, ::Gitaly::CommitService, :list_commits, request)
        listed.flat_map { |part| part.commits.map { |one| commit(one) } }.drop(offset)
      rescue GRPC::NotFound, GRPC::InvalidArgument
        nil
      rescue GRPC::BadStatus => error
        raise unless NOTHING.match?(error.details.to_s)
      end

      # @return [Array<Hash>] name and commit id of each branch
      def branches(project)
        request = ::Gitaly::FindLocalBranchesRequest.new(repository: repository(project))
        call(project, ::Gitaly::RefService, :find_local_branches, request).flat_map do |part|
          part.local_branches.map { |one| { name: text(one.name).delete_prefix('refs/heads/'), commit: one.target_commit.id } }
        end
      rescue GRPC::NotFound
        []
      end

      # Makes a branch the one that a clone begins with.
      def change_head(project, branch)
        request = ::Gitaly::WriteRefRequest.new(repository: repository(project), ref: 'HEAD', revision: bytes("refs/heads/#{branch}"))
        lasting { call(project, ::Gitaly::RepositoryService, :write_ref, request) }
      end

      # Writes files in one commit. Its time is the caller's: each Gitaly would take its own clock, and their votes
      # would differ.
      # @param start [String, nil] the branch a new one begins at
      # @param actions [Array<Hash>] action (:CREATE, :UPDATE, :DELETE), path, content
      # @return [String] the new commit
      # @raise [Refused] by a hook, as for a protected branch
      # @raise [ArgumentError] for what cannot be done to these files
      def write(project, user, branch:, message:, actions:, start: nil, at: Time.now)
        head = ::Gitaly::UserCommitFilesRequestHeader.new(
          repository: repository(project), user: author(user), branch_name: bytes(branch), commit_message: bytes(message),
          commit_author_name: bytes(user[:name]), commit_author_email: bytes(mail(user)), start_branch_name: bytes(start), timestamp: { seconds: at.to_i }
        )
        requests = [::Gitaly::UserCommitFilesRequest.new(header: head), *actions.flat_map { |one| parts(one) }]
        answer = call(project, ::Gitaly::OperationService, :user_commit_files, requests.each)
        raise ArgumentError, text(answer.index_error) unless answer.index_error.empty?

        answer.branch_update.commit_id
      rescue GRPC::AlreadyExists, GRPC::NotFound, GRPC::InvalidArgument, GRPC::FailedPrecondition => error
        raise ArgumentError, text(error.details)
      rescue GRPC::Internal, GRPC::PermissionDenied => error
        said = text(error.details)
        hook = HOOK.match(said)
        raise Refused, hook ? hook[:said].strip : said if hook || error.is_a?(GRPC::PermissionDenied)

        fault = fault_of(said, actions)
        raise unless fault

        raise ArgumentError, fault
      end

      # @param within [Numeric] seconds all of it may take
      # @return [Enumerator<String>] a tar file of a commit, in pieces; the same commit gives the same bytes
      def archive(project, sha, within: CALL_S)
        request = ::Gitaly::GetArchiveRequest.new(
          repository: repository(project), commit_id: sha, prefix: "#{project[:name]}-#{sha[0, 8]}", format: :TAR
        )
        call(project, ::Gitaly::RepositoryService, :get_archive, request, within: within).lazy.map(&:data)
      end

      # @return [Array<Hash>] storage, checksum and whether it is the primary
      def replicas(project)
        request = ::Gitaly::RepositoryReplicasRequest.new(repository: repository(project))
        answer = call(project, ::Gitaly::PraefectInfoService, :repository_replicas, request)
        [[answer.primary, true], *answer.replicas.map { |one| [one, false] }].map do |one, primary|
          { storage: one.repository.storage_name, checksum: one.checksum, primary: primary }
        end
      end

      # @return [String, nil] why a storage cannot be used, nil when it can
      def problem(storage)
        stub(::Gitaly::ServerService, storage, 3).server_info(::Gitaly::ServerInfoRequest.new, metadata: metadata(storage))
        nil
      rescue GRPC::BadStatus => error
        text(error.details)[0, 200]
      end

      # Repeats a block while a node is being replaced; it must do the same when the first attempt was kept after all.
      # @yieldparam [Numeric] how many seconds this attempt should take at most: more each time
      # @raise [Unavailable] when it still fails after PATIENCE_S
      def lasting
        deadline = now + PATIENCE_S
        patience = FIRST_S
        begin
          yield patience
        rescue *AGAIN => error
          raise Unavailable, text(error.details)[0, 300] if now > deadline

          patience = [patience * MORE, CALL_S].min
          sleep PAUSE_S
          retry
        end
      end

      # The repository of a project as Gitaly names it.
      def repository(project)
        ::Gitaly::Repository.new(
          storage_name: project[:storage], relative_path: project[:disk_path], gl_repository: "project-#{project[:id]}",
          gl_project_path: project[:path_with_namespace]
        )
      end

      private

      def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)

      def call(project, service, method, request, within: CALL_S)
        stub(service, project[:storage]).public_send(method, request, metadata: metadata(project[:storage]), deadline: Time.now + within)
      end

      def stub(service, storage, timeout = CALL_S)
        @lock.synchronize do
          @stubs[[service, storage.to_s, timeout]] ||= service::Stub.new(
            server(storage)[:address].delete_prefix('tcp://'), :this_channel_is_insecure, timeout: timeout,
            channel_args: { 'grpc.initial_reconnect_backoff_ms' => 200, 'grpc.max_reconnect_backoff_ms' => 1000 }
          )
        end
      end

      # Gitaly's second form of authentication: the time, signed with the token.
      def metadata(storage)
        time = Time.now.to_i.to_s
        signature = OpenSSL::HMAC.hexdigest('SHA256', server(storage)[:token], time)
        { 'authorization' => "Bearer v2.#{signature}.#{time}" }
      end

      def author(user)
        ::Gitaly::User.new(
          gl_id: "user-#{user[:id]}", name: bytes(user[:name]), email: bytes(mail(user)), gl_username: user[:username], timezone: 'UTC'
        )
      end

      def mail(user) = "#{user[:username]}@users.noreply.gitlab.test"

      def parts(action)
        header = ::Gitaly::UserCommitFilesActionHeader.new(action: action[:action], file_path: bytes(action[:path]))
        first = ::Gitaly::UserCommitFilesRequest.new(action: ::Gitaly::UserCommitFilesAction.new(header: header))
        return [first] if action[:action] == :DELETE

        [first, ::Gitaly::UserCommitFilesRequest.new(action: ::Gitaly::UserCommitFilesAction.new(content: bytes(action[:content])))]
      end

      # @return [String, nil] the reason, nil where what was asked is not at fault
      def fault_of(said, actions)
        pattern, reason = FAULTS.find { |one, _| one.match?(said) }
        return unless pattern
        return said.sub(pattern, reason) if reason

        paths = actions.map { |one| "'#{one[:path]}'" }
        "invalid path: #{'one of ' if paths.size > 1}#{paths.join(', ')}"
      end

      def commit(one)
        {
          id: one.id, subject: text(one.subject), body: text(one.body), author: text(one.author.name), email: text(one.author.email),
          at: one.author.date.seconds, parents: one.parent_ids.to_a
        }
      end

      # Whatever is text to people is bytes to Gitaly, and letters that are not ASCII are taken for bytes only where they say so.
      def bytes(text) = text.to_s.b

      # Commits and names of branches may be written in anything; reasons come as bytes.
      def text(bytes) = bytes.to_s.dup.force_encoding(Encoding::UTF_8).scrub
    end
  end
end
