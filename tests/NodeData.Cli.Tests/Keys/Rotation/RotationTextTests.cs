using System.Text.RegularExpressions;
using NodeData.Cli.Keys.Rotation;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

/// <summary>Verifies that every rotation message of the tool is a complete sentence that refers to commands and never to .NET members.</summary>
public sealed partial class RotationTextTests
{
    private static readonly RotationCommands Commands = new("key_old", " --store 'records'");

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

    public static TheoryData<ApiKeyRotationErrorCode> ErrorCodes => [.. Enum.GetValues<ApiKeyRotationErrorCode>()];

    public static TheoryData<ApiKeyRotationEvent> Events => [.. Enum.GetValues<ApiKeyRotationEvent>()];

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public void Every_error_code_has_a_message_at_every_stage(ApiKeyRotationErrorCode errorCode)
    {
        foreach (var stage in Stages)
        {
            foreach (var (isRejected, isRollBack) in new[] { (true, false), (true, true), (false, false), (false, true) })
            {
                foreach (
                    var failure in new[]
                    {
                        CreateException(errorCode, stage, isRejected),
                        CreateException(errorCode, stage, isRejected, bare: true),
                    }
                )
                {
                    var text = FailureText.Format(failure, Commands, isRollBack);

                    AssertIsToolMessage(text);
                    Assert.Contains("key_old", text, StringComparison.Ordinal);
                    Assert.Equal(isRejected, text.EndsWith(" Nothing was done.", StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public void Every_error_code_has_a_distinct_message(ApiKeyRotationErrorCode errorCode)
    {
        var message = ErrorCodeText.Format(CreateException(errorCode, ApiKeyRotationStage.Deploying, isRejected: false));
        var others = Enum.GetValues<ApiKeyRotationErrorCode>()
            .Where(other => other != errorCode && !(IsCause(other) && IsCause(errorCode)))
            .Select(other => ErrorCodeText.Format(CreateException(other, ApiKeyRotationStage.Deploying, isRejected: false)));

        Assert.DoesNotContain(message, others);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_message_or_is_reported_elsewhere(ApiKeyRotationEvent progressEvent)
    {
        ApiKeyRotationEvent[] elsewhere = [ApiKeyRotationEvent.OldKeyStillInUse, ApiKeyRotationEvent.Failed, ApiKeyRotationEvent.Canceled];
        var progress = new ApiKeyRotationProgress(
            "rot_1",
            ApiKeyRotationStage.Overlapping,
            "The message of the client.",
            DateTimeOffset.UnixEpoch
        )
        {
            Event = progressEvent,
            NewKeyName = "ci~4be1f09c35a7d2",
            NewKeyId = "key_new",
            Sink = "file key",
            RevokedKeyId = "key_other",
            OverlapEndsAt = DateTimeOffset.UnixEpoch,
        };

        if (ProgressText.Format(progress) is { } text)
        {
            AssertIsToolMessage(text);
        }
        else
        {
            Assert.Contains(progressEvent, elsewhere);
        }
    }

    [Fact]
    public void A_preview_has_messages_without_dotnet_members()
    {
        var preview = new ApiKeyRotationPreview(Key, "ci~4be1f09c35a7d2")
        {
            Mode = KeyMode.Test,
            Scopes = ApiKeyScopeSet.FullAccess,
            Overlap = TimeSpan.FromHours(2),
            IsOverlapShortened = true,
            VerificationTimeout = TimeSpan.FromMinutes(1),
            EarlierKeys = [Key],
            Unfinished = CreateRotation(ApiKeyRotationStage.Deploying),
        };

        Assert.All(PreviewText.FormatLines(preview), line => Assert.DoesNotMatch(DotNet(), line));
        Assert.All(PreviewText.FormatLines(preview with { IsClientKey = true }), line => Assert.DoesNotMatch(DotNet(), line));
        Assert.Contains("set one with --to", PreviewText.GetWarnings(preview)[0], StringComparison.Ordinal);
        Assert.Contains(Key.Id, PreviewText.GetWarnings(preview)[1], StringComparison.Ordinal);
    }

    // No members or types of the library, and a complete sentence without empty placeholders.
    private static void AssertIsToolMessage(string text)
    {
        Assert.DoesNotMatch(DotNet(), text);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\.\.| ,|\( |\(\)", text);
    }

    private static bool IsCause(ApiKeyRotationErrorCode errorCode) =>
        errorCode is ApiKeyRotationErrorCode.Unknown or ApiKeyRotationErrorCode.RequestFailed;

    private static ApiKeyRotationException CreateException(
        ApiKeyRotationErrorCode errorCode,
        ApiKeyRotationStage? stage,
        bool isRejected,
        bool bare = false
    ) =>
        new("Call RotateAsync with ApiKeyRotationOptions.Overlap.", bare ? null : new IOException("No space left on device."))
        {
            ErrorCode = errorCode,
            IsRejected = isRejected,
            Rotation = stage is { } known ? CreateRotation(known) : null,
            Key = bare ? null : Key,
            MissingScopes = bare ? null : [ApiKeyScope.ModelsUpload],
            Deployment = bare ? null : new ApiKeyRotationDeployment("vault", ["file key"], ["cluster"]),
        };

    private static ApiKeyRotation CreateRotation(ApiKeyRotationStage stage) =>
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
        @"Async|KeyRotation|ScopeSet|FileApiKey|NodeClient|\b[Tt]his client\b|\bplan\b|\boptions\b|\b[A-Z][a-z]+\.[A-Z]|\w\(\w*\)|Exception"
    )]
    private static partial Regex DotNet();
}
