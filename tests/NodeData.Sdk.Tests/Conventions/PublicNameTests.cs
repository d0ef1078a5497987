using System.Text.RegularExpressions;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Conventions;

/// <summary>How public members are named, in every package. A failure names the member, its file and line, and the rule.</summary>
public sealed partial class PublicNameTests
{
    private static readonly IReadOnlyList<PublicApiEntry> Entries = PublicApiEntry.ReadAll();

    // The first word of a method. A new one belongs here only if it is a verb, or one of .NET's own prefixes.
    private static readonly HashSet<string> Verbs =
    [
        .. "Add Advance Allows Apply Begin Claim Clear Close Complete Create Delay Delete Deploy Dispose Drop Duplicate Emit Enqueue Ensure Evaluate".Split(
            ' '
        ),
        .. "Find Get Handle List Map Open Parse Preview Read Receive Redeliver Refresh Release Remove Renew Reorder Replace Reset Resolve Respond".Split(
            ' '
        ),
        .. "Reveal Revoke Roll Rotate Run Send Set Sign Start Stop Truncate Update Use Verify Wait Wrap Write".Split(' '),
        .. "As From To Try With".Split(' '),
    ];

    // What the language and the framework prescribe.
    private static readonly HashSet<string> Prescribed = ["Deconstruct", "Equals", "PrintMembers", "~Clone"];

    // Results that name a state, as HealthCheckResult.Healthy does.
    private static readonly HashSet<string> Results = ["WebhookClaimResult.Claimed", "WebhookClaimResult.InProgress"];

    // Switches whose imperative is clearer than Is, Has, Can, Enable or Allow (as ASP.NET Core's RequireHttpsMetadata), and one statement of a possibility.
    private static readonly HashSet<string> Switches =
    [
        "EmulatorOptions.EnforceRateLimits",
        "FaultyWebhookClaimStore.ObservesCancellation",
        "NodeClientOptions.RequirePrivateFile",
        "NodeDataConnectionException.RequestMayHaveBeenProcessed",
        "TpmSecretOptions.KeepLockedIndexes",
        "WebhookReceiverOptions.ProcessWithoutClaim",
    ];

    [Fact]
    public void Every_package_is_read() =>
        Assert.Equal(
            [
                "NodeData.Emulator",
                "NodeData.Sdk",
                "NodeData.Sdk.AspNetCore",
                "NodeData.Sdk.Redis",
                "NodeData.Sdk.Testing",
                "NodeData.Sdk.Tpm",
            ],
            Entries.Select(entry => entry.Place.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Methods_begin_with_a_verb() => AssertAll(IsVerb);

    [Fact]
    public void Event_registrations_carry_the_name_of_the_event()
    {
        string[] names =
        [
            "Any",
            "On",
            .. typeof(WebhookEventType)
                .GetProperties()
                .Where(property => property.PropertyType == typeof(WebhookEventType))
                .Select(property => property.Name),
        ];

        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            Registrations().Select(entry => entry.Member).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_configures_a_call_or_a_type_ends_in_Options()
    {
        AssertAll(entry => entry.Kind is not PublicApiKind.Type || !OtherEnding().IsMatch(entry.Type));
        AssertAll(entry =>
            OptionsParameter().Matches(entry.Text).All(match => match.Groups["type"].Value.EndsWith("Options", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Booleans_begin_with_Is_Has_Can_Enable_or_Allow() => AssertAll(IsBooleanName);

    [Fact]
    public void Nothing_is_a_constant() => AssertAll(entry => entry.Kind is not PublicApiKind.Constant);

    [Fact]
    public void Every_member_of_an_enumeration_is_a_member_of_its_own_number()
    {
        var members = Entries.Where(entry => entry.Kind is PublicApiKind.Field).ToList();

        Assert.NotEmpty(members);
        Assert.All(members.GroupBy(member => member.Type), group => Assert.Equal(group.Count(), group.Select(NumberOf).Distinct().Count()));
    }

    [Theory]
    [InlineData("NodeData.Sdk.KeysClient.Deliveries(string! id) -> void")]
    [InlineData("static NodeData.Sdk.Fault.LoseAnswer() -> NodeData.Sdk.Fault!")]
    public void A_method_without_a_verb_is_found(string line) => Assert.False(IsVerb(PublicApiEntry.Parse(line, "here")!));

    [Theory]
    [InlineData("NodeData.Sdk.WebhookEndpoint.Enabled.get -> bool?")]
    [InlineData("NodeData.Sdk.Rotation.Compromised.get -> bool")]
    public void A_boolean_without_its_prefix_is_found(string line) => Assert.False(IsBooleanName(PublicApiEntry.Parse(line, "here")!));

    [Fact]
    public void A_constant_is_found() =>
        Assert.Equal(
            PublicApiKind.Constant,
            PublicApiEntry.Parse("const NodeData.Sdk.Verifier.HeaderName = \"nd-signature\" -> string!", "here")!.Kind
        );

    private static void AssertAll(Predicate<PublicApiEntry> follows)
    {
        var found = Entries.Where(entry => !follows(entry)).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static IEnumerable<PublicApiEntry> Registrations() =>
        Entries.Where(entry => entry is { Kind: PublicApiKind.Method, Type: nameof(WebhookHandlers) });

    private static bool IsVerb(PublicApiEntry entry) =>
        entry.Kind is not PublicApiKind.Method
        || entry.Type == nameof(WebhookHandlers)
        || Prescribed.Contains(entry.Member)
        || Results.Contains($"{entry.Type}.{entry.Member}")
        || Verbs.Contains(FirstWord().Match(entry.Member).Value);

    private static bool IsBooleanName(PublicApiEntry entry) =>
        entry.Kind is not PublicApiKind.Property
        || entry.Result != "bool"
        || Switches.Contains($"{entry.Type}.{entry.Member}")
        || FirstWord().Match(entry.Member).Value is "Is" or "Has" or "Can" or "Enable" or "Allow";

    private static string NumberOf(PublicApiEntry member) => Number().Match(member.Text).Value;

    [GeneratedRegex("^[A-Z][a-z]*")]
    private static partial Regex FirstWord();

    [GeneratedRegex("^New|(?:Plan|Settings|Configuration|Parameters|Change|Arguments)$")]
    private static partial Regex OtherEnding();

    [GeneratedRegex(@"[\s.(](?<type>\w+)[!?]* options(?: = null)?[,)]")]
    private static partial Regex OptionsParameter();

    [GeneratedRegex(@"(?<= = )-?\d+")]
    private static partial Regex Number();
}
