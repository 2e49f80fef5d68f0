using System.Security.Claims;
using Bunit;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Web;

/// <summary>Who sits at a page.</summary>
[Trait("Requirement", "S4-01")]
public sealed class CurrentActorTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task GetAsync_WithoutASession_IsNobodyAndNotTheProgram()
    {
        await using var context = new BunitContext();
        var current = new CurrentActor(
            new Nobody(), clinic.Host.Get<SessionService>(), context.Services.GetRequiredService<NavigationManager>(), clinic.Host.Clock);

        var actor = await current.GetAsync();

        Assert.Null(actor.AccountId);
        Assert.NotEqual(ClientInfo.Local, actor.Client);
    }

    private sealed class Nobody : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));
    }
}
