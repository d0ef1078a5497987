using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Writes the state of a rotation, without a secret.</summary>
internal static class RotationText
{
    public static void Write(Invocation invocation, ApiKeyRotation rotation)
    {
        if (invocation.IsJson)
        {
            invocation.WriteJson(RotationShape.From(rotation), RotationJson.Indented.RotationShape);
            return;
        }

        var facts = new Facts();
        facts.Add("rotation", rotation.RotationId);
        facts.Add("stage", rotation.Stage.IsFinal ? Cell.Good(rotation.Stage.Value) : Cell.Warning(rotation.Stage.Value));
        facts.Add("old key", rotation.OldKeyId);
        facts.Add("old hint", rotation.OldKeyHint);
        facts.Add("new key", rotation.NewKeyId);
        facts.Add("new hint", rotation.NewKeyHint);
        facts.Add("new name", rotation.NewKeyName);
        facts.Add("new expires", rotation.NewKeyExpiresAt is null ? "never" : rotation.NewKeyExpiresAt);
        facts.Add("deployed", rotation.DeployedAt);
        facts.Add("overlap ends", rotation.OverlapEndsAt);
        facts.Add("old last used", rotation.OldKeyLastUsedAt);
        facts.Add("old revoked", rotation.OldKeyRevokedAt);
        facts.Add("finished", rotation.FinishedAt);
        facts.Write(invocation.Terminal);
    }
}
