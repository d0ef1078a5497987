using System.Reflection;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Conventions;

/// <summary>Verifies the conventions of the public API. A failure names the member and the rule that it violates.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Type[] PublicTypes = [.. typeof(NodeClient).Assembly.GetExportedTypes()];

    private static readonly string[] MethodsWithoutRequest =
    [
        nameof(NodeClient.Dispose),
        nameof(NodeClient.WithOptions),
        nameof(WebhooksClient.Verify),
    ];

    private static readonly Type[] Clients =
    [
        .. PublicTypes.Where(type => type == typeof(NodeClient) || type.Name.EndsWith("Client", StringComparison.Ordinal)),
    ];

    private static readonly Type[] Models =
    [
        typeof(NodeAccount),
        typeof(NodeAccountKey),
        typeof(ApiKeyInfo),
        typeof(CreatedApiKey),
        typeof(CreateApiKeyOptions),
        typeof(RateLimit),
        typeof(NodeRequestOptions),
        typeof(NodePage<int>),
        typeof(NodeResponseInfo),
        typeof(NodeResponse),
        typeof(WebhookEndpoint),
        typeof(CreateWebhookEndpointOptions),
        typeof(UpdateWebhookEndpointOptions),
        typeof(CreatedWebhookEndpoint),
        typeof(WebhookDelivery),
        typeof(ApiKeyRotation),
        typeof(ApiKeyRotationAttempt),
        typeof(ApiKeyRotationDeployment),
        typeof(ApiKeyRotationOptions),
        typeof(ApiKeyRotationPolicy),
        typeof(ApiKeyRotationProgress),
        typeof(ApiKeyRotationRecord),
        typeof(ApiKeyRotationReport),
        typeof(ApiKeyRotationPreview),
    ];

    // Deploying a key is asynchronous, so a sync overload would block on async code.
    private static readonly string[] AsyncOnly =
    [
        nameof(KeysClient.PreviewKeyRotationAsync),
        nameof(KeysClient.RotateAsync),
        nameof(KeysClient.StartKeyRotationAsync),
        nameof(KeysClient.CompleteKeyRotationAsync),
        nameof(KeysClient.RollBackKeyRotationAsync),
    ];

    [Fact]
    public void The_clients_are_found() =>
        Assert.Equal(["KeysClient", "MeClient", "NodeClient", "WebhooksClient"], Clients.Select(type => type.Name).Order());

    [Fact]
    public void Every_call_is_virtual_ends_in_a_token_and_has_its_counterpart()
    {
        var violations = new List<string>();
        foreach (var method in Clients.SelectMany(GetCalls))
        {
            var name = $"{method.DeclaringType!.Name}.{method.Name}";
            var parameters = method.GetParameters();
            var counterpart = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^5] : method.Name + "Async";
            if (!method.IsVirtual || method.IsFinal)
            {
                violations.Add($"{name} is not virtual, so it cannot be mocked.");
            }

            if (parameters.Length == 0 || parameters[^1].ParameterType != typeof(CancellationToken) || !parameters[^1].IsOptional)
            {
                violations.Add($"{name} does not end in an optional CancellationToken.");
            }

            if (
                !AsyncOnly.Contains(method.Name)
                && method.DeclaringType.GetMethod(counterpart, [.. parameters.Select(parameter => parameter.ParameterType)]) is null
            )
            {
                violations.Add($"{name} has no {counterpart} with the same parameters: every call needs a sync and an async method.");
            }
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_client_can_be_mocked()
    {
        foreach (var client in Clients)
        {
            Assert.False(client.IsSealed, $"{client.Name} is sealed, so it cannot be mocked.");
            var constructor = client.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, []);
            Assert.True(constructor?.IsFamily, $"{client.Name} has no protected parameterless constructor, so it cannot be mocked.");
        }
    }

    [Fact]
    public void Every_model_is_immutable_and_can_be_constructed()
    {
        var violations = new List<string>();
        foreach (var model in Models)
        {
            if (model.GetConstructors().Length == 0)
            {
                violations.Add($"{model.Name} has no public constructor, so a test cannot create one.");
            }

            violations.AddRange(
                model
                    .GetProperties()
                    .Where(property => property.SetMethod is { IsPublic: true } set && !IsInit(set))
                    .Select(property => $"{model.Name}.{property.Name} can be set after construction.")
            );
            violations.AddRange(
                model
                    .GetFields(BindingFlags.Instance | BindingFlags.Public)
                    .Select(field => $"{model.Name}.{field.Name} is a public field.")
            );
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_API_exception_has_the_request_id()
    {
        var errors = PublicTypes.Where(type => type.IsAssignableTo(typeof(NodeDataApiException))).ToList();

        Assert.Equal(11, errors.Count);
        Assert.All(errors, error => Assert.True(error.GetProperty(nameof(NodeDataApiException.RequestId))!.CanRead));
        Assert.All(
            PublicTypes.Where(type => type.IsAssignableTo(typeof(Exception))),
            error => Assert.True(error.IsAssignableTo(typeof(NodeDataException)), $"{error.Name} is not a NodeDataException.")
        );
    }

    [Fact]
    public void Commonly_used_types_are_in_one_namespace() =>
        Assert.Equal(
            ["Microsoft.Extensions.DependencyInjection", "NodeData.Sdk", "NodeData.Sdk.Webhooks"],
            PublicTypes.Select(type => type.Namespace).Append("NodeData.Sdk.Webhooks").Distinct().Order(StringComparer.Ordinal)
        );

    private static IEnumerable<MethodInfo> GetCalls(Type client) =>
        client
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !MethodsWithoutRequest.Contains(method.Name));

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
