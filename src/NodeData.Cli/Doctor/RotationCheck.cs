using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Rotations that were begun on this machine and have not ended.</summary>
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
                        $"of {rotation.OldKeyId} ({rotation.OldKeyHint}) has not ended: {rotation.Stage}",
                        $"node-data keys rotate {rotation.OldKeyId} --resume, or --abort"
                    )
                ),
        ];
    }
}
