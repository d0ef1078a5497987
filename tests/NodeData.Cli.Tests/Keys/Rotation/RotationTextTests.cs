using System.Text.RegularExpressions;
using NodeData.Cli.Keys.Rotation;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

/// <summary>What the tool makes of what the client says of a rotation: sentences with commands in them, whatever happens, and never a word of .NET.</summary>
public sealed partial class RotationTextTests
{
    private static readonly RotationCommands Commands = new("key_old", " --log 'records'");

    private static readonly KeyRotationStage?[] Stages =
    [
        null,
        KeyRotationStage.Creating,
        KeyRotationStage.Deploying,
        KeyRotationStage.Overlapping,
        KeyRotationStage.Revoking,
        KeyRotationStage.Completed,
        KeyRotationStage.Withdrawing,
        KeyRotationStage.Aborted,
    ];

    private static readonly ApiKeyInfo Key = new("key_other")
    {
        Hint = "nd_test_…1234",
        Name = "ci~4be1f09c35a7d2",
        Status = KeyStatus.Active,
    };

    public static TheoryData<KeyRotationReason> Reasons => [.. Enum.GetValues<KeyRotationReason>()];

    public static TheoryData<KeyRotationEvent> Events => [.. Enum.GetValues<KeyRotationEvent>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_sentences_of_the_tool_at_every_stage(KeyRotationReason reason)
    {
        foreach (var stage in Stages)
        {
            foreach (var (isRefusal, isAbort) in new[] { (true, false), (true, true), (false, false), (false, true) })
            {
                foreach (var failure in new[] { Failure(reason, stage, isRefusal), Failure(reason, stage, isRefusal, bare: true) })
                {
                    var text = FailureText.Of(failure, Commands, isAbort);

                    AssertIsOfTheTool(text);
                    Assert.Contains("key_old", text, StringComparison.Ordinal);
                    Assert.Equal(isRefusal, text.EndsWith(" Nothing was done.", StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_told_in_words_of_its_own(KeyRotationReason reason)
    {
        var mine = ReasonText.Of(Failure(reason, KeyRotationStage.Deploying, isRefusal: false));
        var others = Enum.GetValues<KeyRotationReason>()
            .Where(other => other != reason && !(IsCause(other) && IsCause(reason)))
            .Select(other => ReasonText.Of(Failure(other, KeyRotationStage.Deploying, isRefusal: false)));

        Assert.DoesNotContain(mine, others);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_sentence_of_the_tool_or_is_told_elsewhere(KeyRotationEvent happening)
    {
        KeyRotationEvent[] elsewhere = [KeyRotationEvent.OldKeyStillUsed, KeyRotationEvent.Stopped, KeyRotationEvent.Cancelled];
        var progress = new KeyRotationProgress("rot_1", KeyRotationStage.Overlapping, "The client's words.", DateTimeOffset.UnixEpoch)
        {
            Event = happening,
            NewKeyName = "ci~4be1f09c35a7d2",
            NewKeyId = "key_new",
            Sink = "file key",
            RevokedKeyId = "key_other",
            OverlapEndsAt = DateTimeOffset.UnixEpoch,
        };

        if (ProgressText.Of(progress) is { } text)
        {
            AssertIsOfTheTool(text);
        }
        else
        {
            Assert.Contains(happening, elsewhere);
        }
    }

    [Fact]
    public void A_plan_is_told_in_words_of_the_tool()
    {
        var plan = new PlannedKeyRotation(Key, "ci~4be1f09c35a7d2")
        {
            Mode = KeyMode.Test,
            Scopes = ScopeSet.FullAccess,
            Overlap = TimeSpan.FromHours(2),
            OverlapWasCut = true,
            ProveWithin = TimeSpan.FromMinutes(1),
            EarlierKeys = [Key],
            Unfinished = Rotation(KeyRotationStage.Deploying),
        };

        Assert.All(PlanText.LinesOf(plan), line => Assert.DoesNotMatch(DotNet(), line));
        Assert.All(PlanText.LinesOf(plan with { SwapsOwnKey = true }), line => Assert.DoesNotMatch(DotNet(), line));
        Assert.Contains("name a place with --to", PlanText.WarningsOf(plan)[0], StringComparison.Ordinal);
        Assert.Contains(Key.Id, PlanText.WarningsOf(plan)[1], StringComparison.Ordinal);
    }

    // No member, no type, no view of a library on itself; a whole sentence with nothing left out of it.
    private static void AssertIsOfTheTool(string text)
    {
        Assert.DoesNotMatch(DotNet(), text);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\.\.| ,|\( |\(\)", text);
    }

    private static bool IsCause(KeyRotationReason reason) => reason is KeyRotationReason.Other or KeyRotationReason.CallFailed;

    private static KeyRotationException Failure(KeyRotationReason reason, KeyRotationStage? stage, bool isRefusal, bool bare = false) =>
        new("Call RotateAsync with KeyRotationPlan.Overlap.", bare ? null : new IOException("No space left on device."))
        {
            Reason = reason,
            IsRefusal = isRefusal,
            Rotation = stage is { } known ? Rotation(known) : null,
            Key = bare ? null : Key,
            MissingScopes = bare ? null : [Scope.ModelsUpload],
            Deployment = bare ? null : new KeyRotationDeployment("vault", ["file key"], ["cluster"]),
        };

    private static KeyRotation Rotation(KeyRotationStage stage) =>
        new("rot_1", stage, "key_old")
        {
            Mode = KeyMode.Test,
            NewKeyId = "key_new",
            NewKeyHint = "nd_test_…5678",
            NewKeyName = "ci~4be1f09c35a7d2",
            Scopes = [Scope.ModelsRead],
            StartedAt = DateTimeOffset.UnixEpoch,
        };

    [GeneratedRegex(@"Async|KeyRotation|ScopeSet|FileKey|NodeClient|\b[Tt]his client\b|\bplan\b|\b[A-Z][a-z]+\.[A-Z]|\w\(\w*\)|Exception")]
    private static partial Regex DotNet();
}
