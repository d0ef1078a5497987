namespace NodeData.Sdk;

/// <summary>One page of a list. Immutable.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">What is on the page, in the service's order.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record NodePage<T>(IReadOnlyList<T> Items, string? NextCursor = null)
{
    /// <summary>Whether another page follows.</summary>
    public bool HasMore => NextCursor is not null;
}
