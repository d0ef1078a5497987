using NodeData.Sdk;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>The store of a tool's rotations, read and changed from outside.</summary>
internal static class RotationStoreFile
{
    /// <summary>The folder of the store that the tool uses without <c>--store</c>.</summary>
    public static string GetDefaultFolder(Tool tool) => Path.Combine(tool.Home, ".local/share/nodedata/rotations");

    /// <summary>Ends the overlap of every rotation, as if its time had passed: the clock of another process cannot be advanced.</summary>
    public static async Task EndOverlapsAsync(string folder)
    {
        var store = new FileApiKeyRotationStore(folder);
        foreach (var record in await store.ReadAsync(TestContext.Current.CancellationToken))
        {
            var ended = record with { OverlapEndsAt = record.OverlapEndsAt is null ? null : record.DeployedAt };
            await store.WriteAsync(ended, TestContext.Current.CancellationToken);
        }
    }
}
