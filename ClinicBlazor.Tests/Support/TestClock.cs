using Microsoft.Extensions.Time.Testing;

namespace ClinicBlazor.Tests.Support;

/// <summary>A clock that stands still, its timers with it, until a test moves it.</summary>
public sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
