using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks for unfinished rotations that were started on this machine.</summary>
internal static class RotationCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var rotations = await new FileApiKeyRotationStore().ReadAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. rotations
                .Where(rotation => !rotation.Stage.IsFinal)
                .Select(rotation =>
                    Finding.Warning(
                        "rotation",
                        $"of {rotation.OldKeyId} ({rotation.OldKeyHint}) is not finished: {rotation.Stage}",
                        $"node-data keys rotate {rotation.OldKeyId} --resume, or --roll-back"
                    )
                ),
        ];
    }
}
