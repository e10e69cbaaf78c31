# frozen_string_literal: true

require 'digest'
require 'tempfile'

require_relative '../store/jobs'
require_relative '../store/projects'

module Standin
  module Pipeline
    # The one kind of job there is: packs the commit that was pushed, and keeps the packet and a log of it in object storage.
    class Runner
      # Git storage's answers that another attempt gets as well: a commit that is gone, one without any file.
      NEVER = [GRPC::NotFound, GRPC::InvalidArgument, GRPC::FailedPrecondition].freeze

      # @param context [Context]
      # @param name [String] who runs, for the job's row
      def initialize(context, name)
        @context = context
        @name = name
      end

      # Does a job once. Another attempt at one that is done, or being done, does nothing.
      # @param id [Integer]
      # @return [Symbol] :done, :nothing (not free), :overtaken (another attempt took over), :later (try again), :failed
      def run(id)
        job = @context.database.lasting { jobs.take(id, @name) }
        return :nothing unless job

        renewing(job) { pack(job) }
      rescue *NEVER => error
        @context.database.lasting { jobs.fail(job, error.details.to_s) } if job
        :failed
      rescue Objects::ObjectStore::Unavailable, Git::Gitaly::Unavailable, GRPC::BadStatus => error
        @context.database.lasting { jobs.release(job, error.message) } if job
        :later
      end

      private

      def jobs = @context.store(Store::Jobs)

      def pack(job)
        project = @context.store(Store::Projects).find(job[:project_id])
        # Deleted since it was taken.
        return :nothing unless project

        trace = ["Running on #{@name}, attempt #{job[:attempts]}", "Packing #{project[:path_with_namespace]} at #{job[:sha]}"]
        Tempfile.create('artifact') do |file|
          file.binmode
          @context.gitaly.lasting do |patience|
            file.truncate(0)
            file.rewind
            @context.gitaly.archive(project, job[:sha], within: patience).each { |piece| file.write(piece) }
          end
          file.flush
          sleep job[:seconds]
          finish(job, file, trace)
        end
      end

      def finish(job, file, trace)
        store = @context.object_store
        return conclude(job, nil, nil, file.size, nil) unless store

        # The keys are the job's, not the attempt's: who comes second writes the same bytes to the same place.
        artifact = "#{job[:id]}/#{job[:name]}.tar"
        sum = Digest::SHA256.file(file.path).hexdigest
        file.rewind
        store.put(:artifacts, artifact, file, type: 'application/x-tar')
        trace << "Uploaded #{file.size} bytes, SHA-256 #{sum}" << 'Job succeeded'
        store.put(:artifacts, "#{job[:id]}/job.log", trace.join("\n") << "\n", type: 'text/plain')
        conclude(job, artifact, sum, file.size, "#{job[:id]}/job.log")
      end

      def conclude(job, artifact, sum, size, log)
        done = @context.database.lasting do
          jobs.succeed(job, artifact_key: artifact, artifact_sha256: sum, artifact_size: size, trace_key: log)
        end
        done ? :done : :overtaken
      end

      # Says that the job is being worked on, as long as it is.
      def renewing(job)
        keeper = Thread.new do
          loop do
            sleep Store::Jobs::LEASE_S / 4.0
            begin
              jobs.renew(job)
            rescue Sequel::DatabaseError, Sequel::PoolTimeout
              # The next turn tries again; the lease outlasts a failover's first seconds.
              next
            end
          end
        end
        yield
      ensure
        keeper&.kill
      end
    end
  end
end
