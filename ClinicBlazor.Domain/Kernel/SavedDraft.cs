namespace ClinicBlazor.Domain.Kernel;

/// <summary>A draft as its author finds it again.</summary>
/// <param name="Body">What was saved.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Unsent">
/// What was typed without a connection and could not go over <paramref name="Body"/>, because that was saved elsewhere meanwhile;
/// null for none. It goes with the next save.
/// </param>
public sealed record SavedDraft(string Body, DateTimeOffset SavedAt, string? Unsent = null);
