# frozen_string_literal: true

module Standin
  module Store
    # Pipelines with their one job. The row is the truth; what lies in Redis only says that there is something to do,
    # because Redis may lose its last words in a failover.
    class Jobs
      # A runner that has not said anything for so long is gone. One that is only slow has lost nothing: its job is done twice,
      # and counts once.
      LEASE_S = 5
      # What waits longer than this is put in the queue again.
      PATIENCE_S = 4
      # What must wait, because something behind it is away, is tried again after so long: a failover takes seconds.
      AGAIN_S = 3

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # @param seconds [Numeric] how long the job takes at least
      # @return [Hash] the job; the same push told twice has one
      def ensure(project, user, ref:, sha:, seconds: 0)
        @sequel[:pipelines].insert_conflict(target: %i[project_id ref sha])
                           .insert(project_id: project[:id], user_id: user[:id], ref: ref, sha: sha)
        pipeline = @sequel[:pipelines].first(project_id: project[:id], ref: ref, sha: sha)
        @sequel[:jobs].insert_conflict(target: :pipeline_id).insert(pipeline_id: pipeline[:id], name: 'archive', seconds: seconds)
        @sequel[:jobs].first(pipeline_id: pipeline[:id])
      end

      # Takes a job that nobody works on.
      # @return [Hash, nil] the job with its pipeline and project, nil when there is nothing to do
      def take(id, runner)
        taken = @sequel[:jobs].where(id: id).where(free).returning.update(
          status: 'running', runner: runner, attempts: Sequel[:attempts] + 1, started_at: Sequel.function(:now), lease_until: lease
        ).first
        taken && with_project(taken[:id])
      end

      # @return [Boolean] whether the job is still this attempt's
      def renew(job) = mine(job).update(lease_until: lease) == 1

      # @return [Boolean] false when another attempt has taken over meanwhile: then nothing was changed
      def succeed(job, artifact_key:, artifact_sha256:, artifact_size:, trace_key:)
        mine(job).update(status: 'success', finished_at: Sequel.function(:now), artifact_key: artifact_key,
                         artifact_sha256: artifact_sha256, artifact_size: artifact_size, trace_key: trace_key) == 1
      end

      def fail(job, reason) = mine(job).update(status: 'failed', failure: reason[0, 500], finished_at: Sequel.function(:now)) == 1

      # Gives it back, for a later attempt: it will be among the forgotten after AGAIN_S.
      def release(job, reason)
        mine(job).update(status: 'pending', failure: reason[0, 500], queued_at: ago(PATIENCE_S - AGAIN_S), lease_until: nil) == 1
      end

      # Jobs that wait too long or whose runner is gone. They are the asker's until its transaction ends.
      # @return [Array<Integer>] ids
      def forgotten(limit: 50)
        @sequel[:jobs].where(free).where(Sequel[:queued_at] < ago(PATIENCE_S))
                      .order(:queued_at).limit(limit).for_update.skip_locked.select_map(:id)
      end

      # Says that these are in the queue again.
      def told(ids) = @sequel[:jobs].where(id: ids).where(free).update(queued_at: Sequel.function(:now))

      # @return [Hash, nil] the job with ref, sha and project_id
      def with_project(id)
        whole.first(Sequel[:jobs][:id] => id)
      end

      # @return [Hash, nil] the same where it is one of the project's
      def in_project(project, id)
        found = with_project(id)
        found if found && found[:project_id] == project[:id]
      end

      def of(project, limit: 20, offset: 0)
        whole.where(project_id: project[:id]).reverse(Sequel[:jobs][:id]).limit(limit, offset).all
      end

      private

      def whole
        @sequel[:jobs].join(:pipelines, id: :pipeline_id)
                      .select_all(:jobs).select_append(:project_id, :ref, :sha, :user_id, Sequel[:pipelines][:created_at])
      end

      def lease = Sequel.lit("now() + interval '#{LEASE_S} seconds'")
      def ago(seconds) = Sequel.lit("now() - interval '#{seconds} seconds'")

      def free
        Sequel.lit("(status = 'pending' OR (status = 'running' AND lease_until < now()))")
      end

      def mine(job) = @sequel[:jobs].where(id: job[:id], status: 'running', attempts: job[:attempts])
    end
  end
end
