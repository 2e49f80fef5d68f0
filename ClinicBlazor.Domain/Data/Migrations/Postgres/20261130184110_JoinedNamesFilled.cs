using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>Changes no table: it says that everybody has the words of their name by the rule that joins neighbours.</summary>
    public partial class JoinedNamesFilled : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
