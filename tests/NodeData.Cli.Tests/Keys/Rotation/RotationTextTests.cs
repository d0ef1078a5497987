using System.Text.RegularExpressions;
using NodeData.Cli.Keys.Rotation;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

/// <summary>What the tool makes of what the client says of a rotation: sentences with commands in them, whatever happens, and never a word of .NET.</summary>
public sealed partial class RotationTextTests
{
    private static readonly RotationCommands Commands = new("key_old", " --log 'records'");

    private static readonly ApiKeyRotationStage?[] Stages =
    [
        null,
        ApiKeyRotationStage.Creating,
        ApiKeyRotationStage.Deploying,
        ApiKeyRotationStage.Overlapping,
        ApiKeyRotationStage.Revoking,
        ApiKeyRotationStage.Completed,
        ApiKeyRotationStage.RollingBack,
        ApiKeyRotationStage.RolledBack,
    ];

    private static readonly ApiKeyInfo Key = new("key_other")
    {
        Hint = "nd_test_…1234",
        Name = "ci~4be1f09c35a7d2",
        Status = ApiKeyStatus.Active,
    };

    public static TheoryData<ApiKeyRotationErrorCode> Reasons => [.. Enum.GetValues<ApiKeyRotationErrorCode>()];

    public static TheoryData<ApiKeyRotationEvent> Events => [.. Enum.GetValues<ApiKeyRotationEvent>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_sentences_of_the_tool_at_every_stage(ApiKeyRotationErrorCode reason)
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
    public void Every_reason_is_told_in_words_of_its_own(ApiKeyRotationErrorCode reason)
    {
        var mine = ReasonText.Of(Failure(reason, ApiKeyRotationStage.Deploying, isRefusal: false));
        var others = Enum.GetValues<ApiKeyRotationErrorCode>()
            .Where(other => other != reason && !(IsCause(other) && IsCause(reason)))
            .Select(other => ReasonText.Of(Failure(other, ApiKeyRotationStage.Deploying, isRefusal: false)));

        Assert.DoesNotContain(mine, others);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_sentence_of_the_tool_or_is_told_elsewhere(ApiKeyRotationEvent happening)
    {
        ApiKeyRotationEvent[] elsewhere = [ApiKeyRotationEvent.OldKeyStillInUse, ApiKeyRotationEvent.Failed, ApiKeyRotationEvent.Canceled];
        var progress = new ApiKeyRotationProgress("rot_1", ApiKeyRotationStage.Overlapping, "The client's words.", DateTimeOffset.UnixEpoch)
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
        var plan = new ApiKeyRotationPreview(Key, "ci~4be1f09c35a7d2")
        {
            Mode = KeyMode.Test,
            Scopes = ApiKeyScopeSet.FullAccess,
            Overlap = TimeSpan.FromHours(2),
            IsOverlapShortened = true,
            VerificationTimeout = TimeSpan.FromMinutes(1),
            EarlierKeys = [Key],
            Unfinished = Rotation(ApiKeyRotationStage.Deploying),
        };

        Assert.All(PlanText.LinesOf(plan), line => Assert.DoesNotMatch(DotNet(), line));
        Assert.All(PlanText.LinesOf(plan with { IsClientKey = true }), line => Assert.DoesNotMatch(DotNet(), line));
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

    private static bool IsCause(ApiKeyRotationErrorCode reason) =>
        reason is ApiKeyRotationErrorCode.Unknown or ApiKeyRotationErrorCode.CallFailed;

    private static ApiKeyRotationException Failure(
        ApiKeyRotationErrorCode reason,
        ApiKeyRotationStage? stage,
        bool isRefusal,
        bool bare = false
    ) =>
        new("Call RotateAsync with ApiKeyRotationOptions.Overlap.", bare ? null : new IOException("No space left on device."))
        {
            ErrorCode = reason,
            IsRejected = isRefusal,
            Rotation = stage is { } known ? Rotation(known) : null,
            Key = bare ? null : Key,
            MissingScopes = bare ? null : [ApiKeyScope.ModelsUpload],
            Deployment = bare ? null : new ApiKeyRotationDeployment("vault", ["file key"], ["cluster"]),
        };

    private static ApiKeyRotation Rotation(ApiKeyRotationStage stage) =>
        new("rot_1", stage, "key_old")
        {
            Mode = KeyMode.Test,
            NewKeyId = "key_new",
            NewKeyHint = "nd_test_…5678",
            NewKeyName = "ci~4be1f09c35a7d2",
            Scopes = [ApiKeyScope.ModelsRead],
            StartedAt = DateTimeOffset.UnixEpoch,
        };

    [GeneratedRegex(
        @"Async|ApiKeyRotation|ApiKeyScopeSet|FileKey|NodeClient|\b[Tt]his client\b|\bplan\b|\b[A-Z][a-z]+\.[A-Z]|\w\(\w*\)|Exception"
    )]
    private static partial Regex DotNet();
}
