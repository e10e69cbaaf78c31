# frozen_string_literal: true

module Standin
  module Tasks
    # gitlab:praefect:replicas[ID]: the checksums of a repository's replicas, side by side.
    class Replicas
      def initialize(context, out)
        @context = context
        @out = out
      end

      # @param id [String, nil] a project's number
      def show(id)
        return @out.puts('argument must be a valid project_id') unless id.to_s.match?(/\A\d+\z/)

        project = @context.store(Store::Projects).find(id)
        return @out.puts('No project was found with that id') unless project

        table(project, @context.gitaly.replicas(project))
      rescue GRPC::BadStatus
        @out.puts 'Something went wrong when getting replicas.'
      end

      private

      def table(project, replicas)
        ordered = replicas.sort_by { |one| [one[:primary] ? 0 : 1, one[:storage]] }
        header = ['Project name', *ordered.map { |one| one[:primary] ? "#{one[:storage]} (primary)" : one[:storage] }]
        row = [project[:name], *ordered.map { |one| one[:checksum].to_s }]
        widths = header.zip(row).map { |pair| pair.map(&:length).max }
        lines = [header, row].map { |cells| cells.zip(widths).map { |cell, width| cell.ljust(width) }.join(' | ') }
        @out.puts "\n", lines.first, '-' * lines.first.length, lines.last
      end
    end
  end
end
