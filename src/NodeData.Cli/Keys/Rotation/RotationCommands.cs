namespace NodeData.Cli.Keys.Rotation;

/// <summary>The further commands about a rotation, as they are typed.</summary>
/// <param name="KeyId">The key that is rotated.</param>
/// <param name="Options">What each of them needs, with a blank in front; or nothing.</param>
internal sealed record RotationCommands(string KeyId, string Options)
{
    public string Resume => $"node-data keys rotate {KeyId} --resume{Options}";

    public string RollBack => $"node-data keys rotate {KeyId} --abort{Options}";
}
