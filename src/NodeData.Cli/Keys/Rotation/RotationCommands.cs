namespace NodeData.Cli.Keys.Rotation;

/// <summary>The command lines that continue a rotation.</summary>
/// <param name="KeyId">The key that is being rotated.</param>
/// <param name="Options">The options that every command line needs, with a leading space; or empty.</param>
internal sealed record RotationCommands(string KeyId, string Options)
{
    public string Resume => $"node-data keys rotate {KeyId} --resume{Options}";

    public string RollBack => $"node-data keys rotate {KeyId} --roll-back{Options}";
}
