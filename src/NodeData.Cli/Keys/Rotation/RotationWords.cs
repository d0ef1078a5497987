using System.Text.RegularExpressions;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>What the client says of a rotation, with the tool's commands in place of its methods.</summary>
/// <param name="keyId">The key that is rotated.</param>
/// <param name="options">What every further command about the rotation needs, with a blank in front; or nothing.</param>
internal sealed partial class RotationWords(string keyId, string options)
{
    public string Resume => $"node-data keys rotate {keyId} --resume{options}";

    public string Abort => $"node-data keys rotate {keyId} --abort{options}";

    public string Of(string message)
    {
        var text = AbortCall().Replace(message, $"run `{Abort}`");
        text = CompleteCall().Replace(text, $"run `{Resume}`");
        text = text.Replace("call RotateAsync for the old key", "run the same command again", StringComparison.Ordinal)
            .Replace("rotate the same key again with the same log", "run the same command again", StringComparison.Ordinal)
            .Replace(", with the same log", "", StringComparison.Ordinal)
            .Replace("set KeyRotationPlan.Deploy or KeyRotationPlan.Sinks", "name its places with --to", StringComparison.Ordinal)
            .Replace("RotateAsync refuses a plan without Deploy or Sinks", "name a place with --to", StringComparison.Ordinal)
            .Replace("with RotateAsync", "by running the command without --abort", StringComparison.Ordinal)
            .Replace("with CreateAsync", "with keys create", StringComparison.Ordinal)
            .Replace("or plan with Compromised", "or add --compromised", StringComparison.Ordinal)
            .Replace("set Compromised", "add --compromised", StringComparison.Ordinal)
            .Replace("KeyRotationPlan.Overlap", "--overlap", StringComparison.Ordinal)
            .Replace("KeyRotationPlan.OldKey", "--old-key-file", StringComparison.Ordinal)
            .Replace("KeyRotationPlan.ExpiresIn", "--expires", StringComparison.Ordinal)
            .Replace("KeyRotationPlan.NewName", "--name", StringComparison.Ordinal)
            .Replace("KeyRotationPlan.Log", "--log", StringComparison.Ordinal)
            .Replace("this client itself runs on the key", "node-data itself runs on the key", StringComparison.Ordinal)
            .Replace("This client itself", "node-data itself", StringComparison.Ordinal)
            .Replace("This client", "node-data", StringComparison.Ordinal)
            .Replace("this client", "node-data", StringComparison.Ordinal)
            .Replace("Use a client that holds", "Give node-data", StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex("(call )?AbortRotationAsync\\([^)]*\\)")]
    private static partial Regex AbortCall();

    [GeneratedRegex("(call )?CompleteRotationAsync\\([^)]*\\)")]
    private static partial Regex CompleteCall();
}
