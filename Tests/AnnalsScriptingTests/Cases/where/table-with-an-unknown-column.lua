return data.events:where { tpye = "clash" }
